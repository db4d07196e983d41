# Logs and configuration of a server, some of the logs old or compressed.
put app.log '2026-11-01 08:00:01 INFO start\n2026-11-01 08:00:09 ERROR disk full\n2026-11-01 08:01:00 WARN slow query\n2026-11-01 08:02:30 error lower case\n2026-11-01 08:03:00 ERROR timeout after 30s\n2026-11-01 08:04:00 INFO retry\n2026-11-01 08:05:00 INFO retry\n2026-11-01 08:06:00 DEBUG retry 3\n2026-11-01 08:07:00 INFO done\n2026-11-01 08:08:00 INFO bye\n2026-11-01 08:09:00 WARN late\n2026-11-01 08:10:00 INFO end\n'
put access.log '10.0.0.5 GET /index.html 200 512\n10.0.0.7 GET /cart 404 90\n10.0.0.5 POST /cart 200 33\n10.0.0.9 GET /admin 403 12\n10.0.0.5 GET /img/a.png 200 2048\n10.0.0.7 GET /cart 500 7\n'
put old/app-2024.log 'INFO x\n'; put old/app-2025.log 'ERROR y\n'; put old/db_dump-03.sql 'select 1;\n'; put nginx.conf '# main\nworker_processes 4;\n\n# users\nuser www;\nlisten 8080;\n'
put hosts.txt 'web-01\nweb-02\ndb-01\n'; put cron.out 'ok\nok\nfailed\nok\n'; put debug-3.log 'DEBUG a\nDEBUG b\n'; put syslog.1 'kernel: a\n'; gzip syslog.1
put archive/jan.log.gz ''; put rotate/one.log 'a\n'; put rotate/two.log 'b\nb\n'; put rotate/keep.txt 'k\n'
age "100 days" old/app-2024.log old/db_dump-03.sql; age "40 days" old/app-2025.log; age "20 minutes" app.log; age "5 days" access.log nginx.conf hosts.txt
age "8 days" cron.out debug-3.log; age "9 days" syslog.1.gz archive/jan.log.gz; age "31 days" rotate/one.log
