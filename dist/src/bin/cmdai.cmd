@echo off
rem Starts cmdai on the JDK that it was built with, or on the one in CMDAI_JAVA_HOME or JAVA_HOME.
setlocal
set "install=%~dp0.."
set "java_home="
set "aot="
if exist "%install%\lib\launch.cmd" call "%install%\lib\launch.cmd"
if not "%CMDAI_JAVA_HOME%"=="" (
  set "java_home=%CMDAI_JAVA_HOME%"
  set "aot="
)
if not exist "%java_home%\bin\java.exe" (
  set "java_home=%JAVA_HOME%"
  set "aot="
)
if not exist "%java_home%\bin\java.exe" (
  echo cmdai: no JDK 25 was found 1>&2
  echo        Install one ^(https://adoptium.net^) or set CMDAI_JAVA_HOME to the folder of one. 1>&2
  exit /b 3
)
rem What hashes gigabytes needs the optimising compiler, which is ten times as fast at it.
set "compiler=-XX:TieredStopAtLevel=1"
if "%~1 %~2"=="models pull" set "compiler="
if "%~1 %~2"=="models verify" set "compiler="
if "%~1 %~2"=="models import" set "compiler="
if "%~1"=="download-model" set "compiler="
if not "%aot%"=="" set "aot=-XX:AOTCache=%install%\lib\%aot%"
"%java_home%\bin\java.exe" %aot% -Xlog:aot=off -Xlog:cds=off %compiler% -XX:+UseSerialGC -XX:-UsePerfData -XX:+DisplayVMOutputToStderr "-XX:ErrorFile=%TEMP%\cmdai-crash-%%p.log" "-Dcmdai.install=%install%" -jar "%install%\lib\cmdai.jar" %*
