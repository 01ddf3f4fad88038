<#
.SYNOPSIS
  Makes the relay connector of a new server.
.EXAMPLE
  New-ReceiveConnector -Name "Never run" -Server EX99
#>
$servers = 'EX03', 'EX04'
$settings = @{ MaxMessageSize = 40MB; ProtocolLoggingLevel = 'Verbose' }

# New-ReceiveConnector -Name "Old relay" -Server EX01 -Usage Custom
foreach ($server in $servers) {
    New-ReceiveConnector -Name "Relay Scanners $server" -Server $server `
        -Usage Custom -TransportRole FrontendTransport `
        -Bindings 0.0.0.0:25 `
        -RemoteIPRanges @(
            '10.10.30.10-10.10.30.60',
            '10.20.0.0/24'
        ) @settings
}
Set-ReceiveConnector "EX03\Relay Scanners EX03" –PermissionGroups AnonymousUsers -AuthMechanism Tls,ExternalAuthoritative
Get-ReceiveConnector "EX03\Relay Scanners EX03" | Add-ADPermission -User "NT AUTHORITY\ANONYMOUS LOGON" -ExtendedRights "ms-Exch-SMTP-Accept-Any-Recipient" -WhatIf
Set-SendConnector -Identity 'To partner' -AddressSpaces @{Add='smtp:fabrikam.com;1'} -SmartHostAuthMechanism BasicAuth -AuthenticationCredential $cred; Set-TransportConfig -TLSSendDomainSecureList fabrikam.com, contoso.com
