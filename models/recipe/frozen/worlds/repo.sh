# A Git repository on the branch main with two more branches, a tag, a remote, a changed, a staged and a new file.
printf '[user]\n\tname = Tester\n\temail = tester@example.org\n[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n' > .gitconfig
git init -q --bare origin.git
git init -q .; printf 'origin.git\n.gitconfig\n' > .git/info/exclude
commit() { export GIT_AUTHOR_DATE="2026-10-$1T10:00:00Z" GIT_COMMITTER_DATE="2026-10-$1T10:00:00Z"; git add -A; git commit -q -m "$2"; }
put README.md 'shop\n'; put src/cart.js 'let total = 0;\n'; commit 01 "Start the shop"
put src/login.js 'login();\n'; commit 02 "Add login"; git tag v1.0
put src/cart.js 'let total = 0;\ntotal += 1;\n'; commit 03 "Count the total"
git branch feature/search; git branch old-ui HEAD~1
git remote add origin ./origin.git; git push -q -u origin main feature/search
put src/pay-2.js 'pay();\n'; commit 04 "Add payment"
git checkout -q feature/search; put src/search.js 'search();\n'; commit 05 "Add search"; git checkout -q main
put src/login.js 'login();\nlogout();\n'; put docs/plan.txt 'plan\n'; git add docs/plan.txt; put scratch.tmp 'x\n'
