# A small software project with sources, tests, data and build output, no repository.
put README.md '# shop\n\nA TODO list.\n'; put src/main.py 'import os\n# TODO: split\ndef main():\n    print("hello")\n\n\nmain()\n'
put src/userModel.py 'class UserModel:\n    name = None  # FIXME\n    TIMEOUT = 30\n'; put src/util/io_2.py 'import os\nimport sys\ndef read(path):\n    return open(path)\n'
put src/web/app.js 'const port = 8080;\nconsole.log("start", port);\n// TODO colours\n'; put src/web/index.html '<h1>Shop</h1>\n<p>colour</p>\n'
put src/web/style-main.css 'h1 { color: red }\n'; put tests/test_main.py 'import main\n'; put tests/test_io.py 'import io_2\n'
put config/settings.yaml 'host: localhost\nport: 8080\ndebug: true\n'; put config/settings.json '{"host":"localhost","port":8080,"users":[{"name":"ann","age":31},{"name":"bo","age":27}]}\n'
put config/.env 'DB_HOST=localhost\nDB_PASS=secret\n'; put data/people.csv 'name,city,age\nann,Oslo,31\nbo,Rome,27\ncy,Oslo,44\ndee,Bern,27\n'
put data/words.txt 'pear\napple\nfig\napple\nkiwi\nfig\napple\n'; put data/numbers.txt '10\n9\n100\n1\n25\n'; put "data/part 1.txt" 'alpha\nbeta\n'
put "data/part 2.txt" 'gamma\ndelta\n'; put build/main.o; put build/io_2.o; put build/shop.bin; put src/__pycache__/main.cpython-311.pyc
put src/util/__pycache__/io_2.cpython-311.pyc; put run-me.sh '#!/bin/sh\necho run\n'; put LICENSE 'MIT\n'; put Makefile 'all:\n\techo all\n'
put docs/guide.txt 'line one\nline two\n\nline four\nline five\n\nthe end\n'; put docs/Old_Guide.TXT 'old\n'
