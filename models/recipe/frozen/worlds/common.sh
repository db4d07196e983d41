# Words that the other scripts use. Every script runs in an empty folder that is also the home folder.
room() { case $1 in */*) [ -d "${1%/*}" ] || mkdir -p "${1%/*}" ;; esac; }
put() { room "$1"; printf '%b' "${2-$1 holds this line\n}" > "$1"; }    # put PATH [TEXT]
big() { room "$2"; truncate -s "$1" "$2"; }                              # big SIZE PATH
age() { touch -h -d "$1 ago" "${@:2}"; }                                 # age "3 days" PATH…
