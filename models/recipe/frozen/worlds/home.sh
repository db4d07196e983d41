# Somebody's home folder: documents, downloads, pictures, some of it old, large, hidden or empty.
put Documents/cover-letter.docx; put "Documents/tax return 2025.pdf"; put Documents/notes.txt 'milk\neggs\nbread\n'
put Documents/thesis-v3.tex 'one\ntwo\n'; put Documents/Budget_2026.xlsx; put "Documents/meeting minutes.md" '# May\n'
put Downloads/invoice-0042.pdf; big 900M Downloads/ubuntu-24.04.iso; big 60M Downloads/setup.exe
put Downloads/IMG_2041.JPG; put Downloads/song.mp3; put Downloads/half.part; big 12M Downloads/lecture03.pdf
put Pictures/holiday/DSC_0012.jpg; put Pictures/holiday/DSC_0013.jpg; put Pictures/cat.png; put "Pictures/screen shot 1.png"
put Pictures/logo.svg; big 3M Pictures/holiday/pano.tif
put Music/one.mp3; put Music/two.flac; big 1500M Videos/clip.mp4; big 200M Videos/trailer.mkv
put bin/nightly-backup.sh '#!/bin/sh\necho backup\n'; chmod 755 bin/nightly-backup.sh; put bin/old.sh 'echo old\n'
put .bashrc 'alias ll="ls -l"\n'; put .hidden-note; put scratch/a.tmp; put scratch/b.tmp; put scratch/c.bak; put scratch/core.tmp.txt
mkdir -p scratch/nothing Desktop; : > scratch/zero.dat; : > Desktop/blank.txt; ln -s Documents/notes.txt notes-link
ln -s Documents/gone.txt dead-link
age "400 days" Documents/thesis-v3.tex Music/two.flac; age "45 days" Downloads/setup.exe Videos/trailer.mkv
age "10 days" Documents/notes.txt Downloads/invoice-0042.pdf Pictures/cat.png
age "3 days" Documents/cover-letter.docx Pictures/logo.svg scratch/c.bak; age "2 hours" Downloads/half.part scratch/a.tmp
