; What the app itself wrote outside its folder: its start at log-in, and what the Task Manager notes of it.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "app.c1xero.desktop"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "app.c1xero.desktop"
  ${endIf}
!macroend
