#requires -Version 5.1

<#
.SYNOPSIS
Collects what Postern needs to audit the mail flow of Exchange. Reads only, changes nothing.

.DESCRIPTION
Runs Get- cmdlets of Exchange, writes what they return as CLIXML into one zip file, and lists every command with its time and its
error in manifest.json. Nothing is sent anywhere: you decide who gets the zip file.

The script calls no cmdlet of Exchange but Get- cmdlets. It writes into one folder of its own, packs it and removes it again.
A command that fails is noted, and the script goes on with the next one.

Run it where the commands are known:
  on-premises      in the Exchange Management Shell on any Mailbox server, or on a computer with the management tools
  Edge Transport   in the Exchange Management Shell on the Edge server itself, with -Edge
  Exchange Online  after Connect-ExchangeOnline, in a window of its own, with -ExchangeOnline

Needed roles:
  on-premises      View-Only Organization Management. Where Get-ADPermission is not offered to you: Organization Management.
  Edge Transport   local administrator
  Exchange Online  Global Reader, or View-Only Organization Management
  -LogHours        read access to the log folders; for other servers through their administrative share

Time: a few seconds for each server and connector, about one minute for ten servers. Logs take as long as copying them does.

.PARAMETER Server
Names of the on-premises servers to ask. By default all Mailbox and Client Access servers. Edge servers need a run of their own.
With more than 150 servers, run the script several times with a part of them: an archive may have 1,000 files.

.PARAMETER Edge
Collects from the Edge Transport server that the script runs on.

.PARAMETER ExchangeOnline
Collects from the Exchange Online organization that this window is connected to.

.PARAMETER LogHours
Also copies the SMTP protocol logs of the last so many hours. By default no logs are copied. They hold addresses of senders and
recipients, so they cannot be combined with -Pseudonyms.

.PARAMETER Pseudonyms
Replaces names of servers, domains, companies and accounts, public addresses, mailbox names and GUIDs by the same stand-ins
everywhere before anything is written. What is what stands in a key file beside the zip file; keep that file.
Free text (comments, banners, transport rules) is left out, and certificates are written as text without the certificate itself.
Private addresses, addresses of Microsoft 365, times and versions stay. Public networks keep their order, and ranges of more than 256
public addresses may cover other stand-ins than they did. Look through the files before you pass them on: names in
places that nobody thinks of, such as the name of a connector, are replaced only where they contain a name that is known from
domains, servers or certificates.

.PARAMETER OutputPath
Folder for the zip file. By default the current one.

.EXAMPLE
.\Collect-Postern.ps1

Everything from all on-premises servers, without logs.

.EXAMPLE
.\Collect-Postern.ps1 -Server EX01, EX02 -LogHours 24

Two servers, with the SMTP protocol logs of the last 24 hours.

.EXAMPLE
.\Collect-Postern.ps1 -Edge

The Edge Transport server that the script runs on.

.EXAMPLE
Connect-ExchangeOnline
.\Collect-Postern.ps1 -ExchangeOnline -Pseudonyms -OutputPath D:\Audit

The Exchange Online organization, with pseudonyms.
#>
[CmdletBinding(DefaultParameterSetName = 'OnPremises')]
param(
    [Parameter(ParameterSetName = 'OnPremises')]
    [string[]] $Server,

    [Parameter(ParameterSetName = 'Edge', Mandatory = $true)]
    [switch] $Edge,

    [Parameter(ParameterSetName = 'ExchangeOnline', Mandatory = $true)]
    [switch] $ExchangeOnline,

    [ValidateRange(0, 720)]
    [int] $LogHours = 0,

    [switch] $Pseudonyms,

    [string] $OutputPath = '.'
)

$ScriptVersion = '1.0.0'
$Invariant = [System.Globalization.CultureInfo]::InvariantCulture
$Utf8 = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false

# The entries of manifest.json, and with -Pseudonyms the results that wait until all names are known.
$Entries = New-Object -TypeName System.Collections.ArrayList
$Pending = New-Object -TypeName System.Collections.ArrayList

function Format-Time {
    param([datetime] $Time)
    $Time.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', $Invariant)
}

function Test-Known {
    param([string] $Name)
    $null -ne (Get-Command -Name $Name -ErrorAction SilentlyContinue)
}

# A name as part of a path.
function Format-PathPart {
    param([string] $Name)
    ($Name -replace '[^A-Za-z0-9._-]', '_').Trim('.')
}

function Add-Entry {
    param([string] $Path, [string] $Command, $ServerName, [datetime] $Taken, [int] $Objects, $Problem)
    $entry = [ordered]@{
        path    = $Path
        command = $Command
        server  = $ServerName
        takenAt = Format-Time -Time $Taken
        objects = $Objects
        error   = $Problem
    }
    [void] $Entries.Add($entry)
    if ($null -ne $Problem) { Write-Host "  failed: $Command"; Write-Host "          $Problem" }
}

function New-ParentFolder {
    param([string] $File)
    $folder = Split-Path -Path $File -Parent
    if (-not (Test-Path -LiteralPath $folder)) { [void] (New-Item -ItemType Directory -Path $folder -Force) }
}

# Text of a value as Exchange prints it; lists become lists of texts, times become UTC, bytes are left out.
function ConvertTo-PlainValue {
    param($Value)
    if ($null -eq $Value) { return $null }
    if ($Value -is [string] -or $Value -is [bool] -or $Value -is [int] -or $Value -is [long]) { return $Value }
    if ($Value -is [datetime]) { return (Format-Time -Time $Value) }
    if ($Value -is [System.Collections.IEnumerable]) {
        $items = New-Object -TypeName System.Collections.ArrayList
        foreach ($item in $Value) { if ($null -ne $item) { [void] $items.Add($item.ToString()) } }
        return , $items.ToArray()
    }
    return $Value.ToString()
}

$LeftOut = 'RawData', 'SerializationData', 'PrivateKey', 'PublicKey', 'Extensions', 'Handle', 'RunspaceId', 'PSShowComputerName'

# An object of texts with the same property names, in the same order.
function ConvertTo-PlainObject {
    param($Source)
    $plain = [ordered]@{}
    foreach ($property in $Source.PSObject.Properties) {
        if ($LeftOut -contains $property.Name -or $plain.Contains($property.Name)) { continue }
        try { $value = $property.Value } catch { continue }
        if ($value -is [byte[]]) { continue }
        $plain[$property.Name] = ConvertTo-PlainValue -Value $value
    }
    New-Object -TypeName PSObject -Property $plain
}

function Save-Clixml {
    param([string] $Path, $Objects)
    $file = Join-Path -Path $WorkFolder -ChildPath $Path
    New-ParentFolder -File $file
    @($Objects) | Export-Clixml -LiteralPath $file -Encoding UTF8
}

# Format-List breaks no line and cuts no list: the width is large, and $FormatEnumerationLimit is -1.
function Save-Text {
    param([string] $Path, $Objects)
    $file = Join-Path -Path $WorkFolder -ChildPath $Path
    New-ParentFolder -File $file
    $text = @($Objects) | Format-List -Property * | Out-String -Width 32000
    [System.IO.File]::WriteAllText($file, $text, $Utf8)
}

function Save-Result {
    param([string] $Path, [string] $Command, $ServerName, [datetime] $Taken, $Objects, $Problem)
    $list = @($Objects)
    if ($Pseudonyms) {
        $plain = @(foreach ($object in $list) { ConvertTo-PlainObject -Source $object })
        [void] $Pending.Add(@{ Path = $Path; Objects = $plain })
    }
    elseif ($Path -like '*.txt') { Save-Text -Path $Path -Objects $list }
    else { Save-Clixml -Path $Path -Objects $list }
    Add-Entry -Path $Path -Command $Command -ServerName $ServerName -Taken $Taken -Objects $list.Count -Problem $Problem
}

# Runs one command and keeps what it returns. Half a result would look like a whole one, so an error leaves no file.
function Receive-Output {
    param([string] $Path, [string] $Command, $ServerName, [scriptblock] $Script)
    $taken = Get-Date
    $cmdlet = ($Command -split '[ |]')[0]
    if (-not (Test-Known -Name $cmdlet)) {
        Add-Entry -Path $Path -Command $Command -ServerName $ServerName -Taken $taken -Objects 0 -Problem "The command $cmdlet is not available in this session."
        return
    }
    Write-Host "  $Command"
    try {
        $objects = @(& $Script)
        Save-Result -Path $Path -Command $Command -ServerName $ServerName -Taken $taken -Objects $objects
    }
    catch {
        Add-Entry -Path $Path -Command $Command -ServerName $ServerName -Taken $taken -Objects 0 -Problem $_.Exception.Message
    }
}

# The security identifier of an account: its name is in the language of the server.
function Resolve-Sid {
    param([string] $Account)
    if ($Account -match '^S-1-[0-9-]+$') { return $Account }
    try {
        $name = New-Object -TypeName System.Security.Principal.NTAccount -ArgumentList $Account
        return $name.Translate([System.Security.Principal.SecurityIdentifier]).Value
    }
    catch { return $null }
}

# A switch is no boolean, and one that came from another session is an object, which casts to true whatever it says.
function Test-True {
    param($Value)
    ([string] $Value) -eq 'True'
}

# One row of an access list. SIDs are resolved once for each account.
$Sids = @{}
function ConvertTo-PermissionRow {
    param($Row, [string] $Connector)
    $user = [string] $Row.User
    if (-not $Sids.ContainsKey($user)) { $Sids[$user] = Resolve-Sid -Account $user }
    $values = [ordered]@{
        Identity        = $Connector
        User            = $user
        UserSid         = $Sids[$user]
        Deny            = Test-True -Value $Row.Deny
        IsInherited     = Test-True -Value $Row.IsInherited
        InheritanceType = [string] $Row.InheritanceType
        AccessRights    = @(foreach ($right in $Row.AccessRights) { [string] $right })
        ExtendedRights  = @(foreach ($right in $Row.ExtendedRights) { [string] $right })
        Properties      = @(foreach ($property in $Row.Properties) { [string] $property })
        ChildObjectTypes = @(foreach ($type in $Row.ChildObjectTypes) { [string] $type })
    }
    New-Object -TypeName PSObject -Property $values
}

# The access lists of the receive connectors of a server. An access list that cannot be read is told by itself.
function Receive-Permission {
    param([string] $Folder, [string] $Command, $ServerName, [scriptblock] $Script)
    $taken = Get-Date
    $path = "$Folder/Get-ADPermission.xml"
    if (-not (Test-Known -Name 'Get-ADPermission')) {
        Add-Entry -Path $path -Command $Command -ServerName $ServerName -Taken $taken -Objects 0 -Problem 'The command Get-ADPermission is not available in this session.'
        return
    }
    Write-Host "  $Command"
    try { $connectors = @(& $Script) }
    catch {
        Add-Entry -Path $path -Command $Command -ServerName $ServerName -Taken $taken -Objects 0 -Problem $_.Exception.Message
        return
    }
    $rows = New-Object -TypeName System.Collections.ArrayList
    $failed = 0
    foreach ($connector in $connectors) {
        $identity = [string] $connector.Identity
        $target = [string] $connector.DistinguishedName
        if ($target -eq '') { $target = $identity }
        try {
            foreach ($row in @(Get-ADPermission -Identity $target -ErrorAction Stop)) {
                [void] $rows.Add((ConvertTo-PermissionRow -Row $row -Connector $identity))
            }
        }
        catch {
            $failed++
            $one = "Get-ADPermission -Identity '$identity'"
            Add-Entry -Path "$Folder/Get-ADPermission.failed-$failed.xml" -Command $one -ServerName $ServerName -Taken (Get-Date) -Objects 0 -Problem $_.Exception.Message
        }
    }
    if ($failed -eq 0 -or $rows.Count -gt 0) {
        $problem = $null
        if ($failed -gt 0) { $problem = "$failed of $($connectors.Count) access lists could not be read." }
        Save-Result -Path $path -Command $Command -ServerName $ServerName -Taken $taken -Objects $rows.ToArray() -Problem $problem
    }
}

# What a certificate may be used for, as object identifiers. Exchange does not print it; it stands in the certificate itself.
function Get-KeyUsage {
    param($Certificate)
    if ($Certificate.RawData -isnot [byte[]]) { throw 'There is no certificate in this object.' }
    $real = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList @(, $Certificate.RawData)
    foreach ($extension in $real.Extensions) {
        if ($extension.Oid.Value -eq '2.5.29.37') {
            foreach ($usage in $extension.EnhancedKeyUsages) { $usage.Value }
        }
    }
}

# Certificates as they are and as text: what Services says does not survive in every CLIXML file.
function Receive-Certificate {
    param([string] $Folder, [string] $Command, $ServerName, [scriptblock] $Script)
    $taken = Get-Date
    Write-Host "  $Command"
    try {
        $certificates = @(& $Script)
        $texts = @(foreach ($certificate in $certificates) {
                $plain = ConvertTo-PlainObject -Source $certificate
                try { $usages = @(Get-KeyUsage -Certificate $certificate) } catch { $usages = $null }
                Add-Member -InputObject $plain -MemberType NoteProperty -Name EnhancedKeyUsages -Value $usages
                $plain
            })
        # With pseudonyms the certificate itself would tell all names.
        if (-not $Pseudonyms) {
            Save-Result -Path "$Folder/Get-ExchangeCertificate.xml" -Command $Command -ServerName $ServerName -Taken $taken -Objects $certificates
        }
        Save-Result -Path "$Folder/Get-ExchangeCertificate.txt" -Command "$Command | Format-List" -ServerName $ServerName -Taken $taken -Objects $texts
    }
    catch {
        Add-Entry -Path "$Folder/Get-ExchangeCertificate.xml" -Command $Command -ServerName $ServerName -Taken $taken -Objects 0 -Problem $_.Exception.Message
    }
}

# Where a folder of another server is reached: D:\Logs on EX02 is \\EX02\D$\Logs.
function Resolve-LogFolder {
    param([string] $ServerName, [string] $Folder)
    if ($ServerName -eq $env:COMPUTERNAME) { return $Folder }
    return "\\$ServerName\$($Folder.Substring(0, 1))`$$($Folder.Substring(2))"
}

# Protocol logs that were written to in the last hours, and the newest one of each folder: its time is late while it is open.
function Copy-Log {
    param([string] $ServerName, [string] $Service, [string] $Direction, [string] $Folder)
    if ($Folder -notmatch '^[A-Za-z]:\\') { return }
    $taken = Get-Date
    $base = "$(Format-PathPart -Name $ServerName)/ProtocolLog/$Service/$Direction"
    $command = "Get-ChildItem -Path '$Folder'"
    try {
        $source = Resolve-LogFolder -ServerName $ServerName -Folder $Folder
        $all = @(Get-ChildItem -LiteralPath $source -Filter '*.log' -Recurse -ErrorAction Stop | Sort-Object -Property LastWriteTimeUtc)
        $since = $taken.ToUniversalTime().AddHours(-$LogHours)
        $recent = @($all | Where-Object -FilterScript { $_.LastWriteTimeUtc -ge $since })
        if ($recent.Count -eq 0 -and $all.Count -gt 0) { $recent = @($all[-1]) }
        Write-Host "  $($recent.Count) log files of $ServerName, $Service, $Direction"
        foreach ($log in $recent) {
            $inside = $log.FullName.Substring($source.TrimEnd('\').Length + 1) -replace '\\', '/'
            $target = Join-Path -Path $WorkFolder -ChildPath "$base/$inside"
            New-ParentFolder -File $target
            Copy-Item -LiteralPath $log.FullName -Destination $target -ErrorAction Stop
            Add-Entry -Path "$base/$inside" -Command $command -ServerName $ServerName -Taken $taken -Objects 0 -Problem $null
        }
    }
    catch {
        Add-Entry -Path "$base/failed.log" -Command $command -ServerName $ServerName -Taken $taken -Objects 0 -Problem $_.Exception.Message
    }
}

function Copy-LogOfService {
    param([string] $ServerName, [string] $Service, $Settings)
    foreach ($setting in @($Settings)) {
        Copy-Log -ServerName $ServerName -Service $Service -Direction 'SmtpReceive' -Folder ([string] $setting.ReceiveProtocolLogPath)
        Copy-Log -ServerName $ServerName -Service $Service -Direction 'SmtpSend' -Folder ([string] $setting.SendProtocolLogPath)
    }
}

function Receive-Log {
    param([string] $Name, [bool] $OnEdge)
    if ($LogHours -eq 0) { return }
    try {
        $service = 'Hub'
        if ($OnEdge) { $service = 'Edge' }
        Copy-LogOfService -ServerName $Name -Service $service -Settings (Get-TransportService -Identity $Name -ErrorAction Stop)
        if (-not $OnEdge) {
            Copy-LogOfService -ServerName $Name -Service 'FrontEnd' -Settings (Get-FrontendTransportService -Identity $Name -ErrorAction Stop)
        }
    }
    catch { Write-Host "  logs of $Name are missing: $($_.Exception.Message)" }
}

function Receive-OneServer {
    param([string] $Name)
    Write-Host $Name
    $folder = Format-PathPart -Name $Name
    Receive-Output -Path "$folder/Get-ReceiveConnector.xml" -Command "Get-ReceiveConnector -Server $Name" -ServerName $Name -Script {
        Get-ReceiveConnector -Server $Name -ErrorAction Stop
    }
    Receive-Permission -Folder $folder -Command "Get-ReceiveConnector -Server $Name | Get-ADPermission" -ServerName $Name -Script {
        Get-ReceiveConnector -Server $Name -ErrorAction Stop
    }
    Receive-Certificate -Folder $folder -Command "Get-ExchangeCertificate -Server $Name" -ServerName $Name -Script {
        Get-ExchangeCertificate -Server $Name -ErrorAction Stop
    }
    Receive-Output -Path "$folder/Get-TransportService.xml" -Command "Get-TransportService -Identity $Name" -ServerName $Name -Script {
        Get-TransportService -Identity $Name -ErrorAction Stop
    }
    Receive-Output -Path "$folder/Get-FrontendTransportService.xml" -Command "Get-FrontendTransportService -Identity $Name" -ServerName $Name -Script {
        Get-FrontendTransportService -Identity $Name -ErrorAction Stop
    }
    Receive-Log -Name $Name -OnEdge $false
}

# What the organization has once.
function Receive-Organization {
    $folder = 'organization'
    Write-Host 'Organization'
    Receive-Output -Path "$folder/Get-ExchangeServer.xml" -Command 'Get-ExchangeServer' -ServerName $null -Script { Get-ExchangeServer -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-SendConnector.xml" -Command 'Get-SendConnector' -ServerName $null -Script { Get-SendConnector -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-AcceptedDomain.xml" -Command 'Get-AcceptedDomain' -ServerName $null -Script { Get-AcceptedDomain -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-RemoteDomain.xml" -Command 'Get-RemoteDomain' -ServerName $null -Script { Get-RemoteDomain -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-HybridConfiguration.xml" -Command 'Get-HybridConfiguration' -ServerName $null -Script { Get-HybridConfiguration -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-TransportConfig.xml" -Command 'Get-TransportConfig' -ServerName $null -Script { Get-TransportConfig -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-OrganizationConfig.xml" -Command 'Get-OrganizationConfig' -ServerName $null -Script { Get-OrganizationConfig -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-EdgeSubscription.xml" -Command 'Get-EdgeSubscription' -ServerName $null -Script { Get-EdgeSubscription -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-AuthConfig.xml" -Command 'Get-AuthConfig' -ServerName $null -Script { Get-AuthConfig -ErrorAction Stop }
    if (-not $Pseudonyms) {
        Receive-Output -Path "$folder/Get-TransportRule.xml" -Command 'Get-TransportRule' -ServerName $null -Script { Get-TransportRule -ErrorAction Stop }
    }
}

function Receive-Edge {
    $name = $env:COMPUTERNAME
    Write-Host "$name (Edge Transport)"
    $folder = Format-PathPart -Name $name
    Receive-Output -Path "$folder/Get-ExchangeServer.xml" -Command "Get-ExchangeServer -Identity $name" -ServerName $name -Script { Get-ExchangeServer -Identity $name -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-ReceiveConnector.xml" -Command 'Get-ReceiveConnector' -ServerName $name -Script { Get-ReceiveConnector -ErrorAction Stop }
    Receive-Permission -Folder $folder -Command 'Get-ReceiveConnector | Get-ADPermission' -ServerName $name -Script { Get-ReceiveConnector -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-SendConnector.xml" -Command 'Get-SendConnector' -ServerName $name -Script { Get-SendConnector -ErrorAction Stop }
    Receive-Certificate -Folder $folder -Command 'Get-ExchangeCertificate' -ServerName $name -Script { Get-ExchangeCertificate -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-AcceptedDomain.xml" -Command 'Get-AcceptedDomain' -ServerName $name -Script { Get-AcceptedDomain -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-RemoteDomain.xml" -Command 'Get-RemoteDomain' -ServerName $name -Script { Get-RemoteDomain -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-TransportConfig.xml" -Command 'Get-TransportConfig' -ServerName $name -Script { Get-TransportConfig -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-TransportService.xml" -Command "Get-TransportService -Identity $name" -ServerName $name -Script { Get-TransportService -Identity $name -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-EdgeSubscription.xml" -Command 'Get-EdgeSubscription' -ServerName $name -Script { Get-EdgeSubscription -ErrorAction Stop }
    Receive-Log -Name $name -OnEdge $true
}

# Get-OutboundConnector leaves out connectors in test mode and those that only transport rules use, unless asked for each.
function Receive-ExchangeOnline {
    $folder = 'exchange-online'
    Write-Host 'Exchange Online'
    Receive-Output -Path "$folder/Get-InboundConnector.xml" -Command 'Get-InboundConnector' -ServerName $null -Script { Get-InboundConnector -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-OutboundConnector.xml" -Command 'Get-OutboundConnector' -ServerName $null -Script { Get-OutboundConnector -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-OutboundConnector-TestMode.xml" -Command 'Get-OutboundConnector -IncludeTestModeConnectors $true' -ServerName $null -Script { Get-OutboundConnector -IncludeTestModeConnectors $true -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-OutboundConnector-RuleScoped.xml" -Command 'Get-OutboundConnector -IsTransportRuleScoped $true' -ServerName $null -Script { Get-OutboundConnector -IsTransportRuleScoped $true -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-AcceptedDomain.xml" -Command 'Get-AcceptedDomain' -ServerName $null -Script { Get-AcceptedDomain -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-RemoteDomain.xml" -Command 'Get-RemoteDomain' -ServerName $null -Script { Get-RemoteDomain -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-TransportConfig.xml" -Command 'Get-TransportConfig' -ServerName $null -Script { Get-TransportConfig -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-OrganizationConfig.xml" -Command 'Get-OrganizationConfig' -ServerName $null -Script { Get-OrganizationConfig -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-OnPremisesOrganization.xml" -Command 'Get-OnPremisesOrganization' -ServerName $null -Script { Get-OnPremisesOrganization -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-BlockedConnector.xml" -Command 'Get-BlockedConnector' -ServerName $null -Script { Get-BlockedConnector -ErrorAction Stop }
    Receive-Output -Path "$folder/Get-HostedOutboundSpamFilterPolicy.xml" -Command 'Get-HostedOutboundSpamFilterPolicy' -ServerName $null -Script { Get-HostedOutboundSpamFilterPolicy -ErrorAction Stop }
    if (-not $Pseudonyms) {
        Receive-Output -Path "$folder/Get-TransportRule.xml" -Command 'Get-TransportRule' -ServerName $null -Script { Get-TransportRule -ErrorAction Stop }
    }
}

# ---- pseudonyms ----------------------------------------------------------------------------------------------------------------

# Labels that tell nothing, and the domains of Microsoft 365 that checks look for.
$PlainLabels = 'www', 'mail', 'smtp', 'mx', 'mx1', 'mx2', 'owa', 'autodiscover', 'edge', 'relay', 'gateway', 'hybrid', 'legacy', 'local',
    'lan', 'intern', 'internal', 'corp', 'com', 'net', 'org', 'info', 'biz', 'co', 'protection', 'outlook', 'onmicrosoft', 'microsoft',
    'office365', 'exchange', 'server', 'default', 'localhost', 'windows', 'login', 'hotmail', 'live', 'exchangelabs'
$FreeText = 'Comment', 'Banner', 'Description', 'Notes', 'AdminDisplayName', 'DistinguishedName', 'OriginatingServer', 'ExchangeLegacyDN',
    'PSComputerName', 'FriendlyName', 'SerialNumber'
$NameProperties = 'DomainName', 'Fqdn', 'AddressSpaces', 'SmartHosts', 'SmartHostsString', 'TlsDomain', 'CertificateDomains', 'SenderDomains',
    'RecipientDomains', 'TlsSenderCertificateName', 'TlsCertificateName', 'Domains', 'Domain', 'OnPremisesSmartHost', 'Subject', 'Issuer',
    'TlsDomainCapabilities', 'AssociatedAcceptedDomains', 'InternalSMTPServers', 'TLSReceiveDomainSecureList', 'TLSSendDomainSecureList'
$ServerProperties = 'Server', 'SourceTransportServers', 'ReceivingTransportServers', 'SendingTransportServers', 'EdgeTransportServers'

$Key = @{ names = @{}; accounts = @{}; mailboxes = @{}; ids = @{}; certificates = @{}; networks = @{}; addresses6 = @{} }

# The stand-in of a text; the same text gets the same one.
function Get-StandIn {
    param([string] $Kind, [string] $Text, [string] $Prefix)
    $table = $Key[$Kind]
    $lower = $Text.ToLowerInvariant()
    if (-not $table.ContainsKey($lower)) {
        $number = [string] ($table.Count + 1)
        if ($Kind -eq 'certificates') { $number = $number.PadLeft(40, '0') }
        $table[$lower] = "$Prefix$number"
    }
    $table[$lower]
}

function Get-TextsOf {
    param($Objects, [string[]] $Names)
    foreach ($object in $Objects) {
        foreach ($property in $object.PSObject.Properties) {
            if ($null -eq $Names -or $Names -contains $property.Name) {
                foreach ($value in @($property.Value)) { if ($value -is [string]) { $value } }
            }
        }
    }
}

# Every label of every domain, and every server, gets a stand-in: what belonged together still does.
function Add-NamesOf {
    param($Objects)
    foreach ($text in @(Get-TextsOf -Objects $Objects -Names $NameProperties)) {
        foreach ($match in [regex]::Matches($text, '[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+')) {
            $labels = $match.Value.Split('.')
            if ($labels[-1] -notmatch '^[A-Za-z]') { continue }
            # The last label is the top-level domain.
            foreach ($label in $labels[0..($labels.Count - 2)]) {
                if ($label.Length -gt 2 -and $PlainLabels -notcontains $label) { [void] (Get-StandIn -Kind 'names' -Text $label -Prefix 'name') }
            }
        }
    }
    foreach ($text in @(Get-TextsOf -Objects $Objects -Names $ServerProperties)) {
        if ($text -match '^[A-Za-z0-9_-]{2,}$') { [void] (Get-StandIn -Kind 'names' -Text $text -Prefix 'name') }
    }
}

function ConvertTo-Number {
    param([string] $Address)
    $number = [long] 0
    foreach ($part in $Address.Split('.')) { $number = $number * 256 + [long] $part }
    $number
}

# Addresses that everybody has, and those that Microsoft publishes for Exchange Online.
$OpenNetworks = '0.0.0.0/8', '10.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3', '13.107.6.152/31',
    '13.107.18.10/31', '13.107.128.0/22', '23.103.160.0/20', '40.92.0.0/15', '40.96.0.0/13', '40.104.0.0/15', '40.107.0.0/16', '52.96.0.0/14',
    '52.100.0.0/14', '52.238.78.88/32', '104.47.0.0/17', '131.253.33.215/32', '132.245.0.0/16', '150.171.32.0/22', '204.79.197.215/32'

function Test-OpenAddress {
    param([long] $Number)
    foreach ($network in $OpenNetworks) {
        $parts = $network.Split('/')
        $size = [long] [math]::Pow(2, 32 - [int] $parts[1])
        $first = ConvertTo-Number -Address $parts[0]
        if ($Number -ge $first -and $Number -lt $first + $size) { return $true }
    }
    return $false
}

$Address = '(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d.])'

# Networks of public addresses become 198.18.x in their order, so that ranges stay ranges.
function Add-NetworksOf {
    param($Objects)
    $found = @{}
    foreach ($text in @(Get-TextsOf -Objects $Objects -Names $null)) {
        foreach ($match in [regex]::Matches($text, $Address)) {
            $number = ConvertTo-Number -Address $match.Value
            if (-not (Test-OpenAddress -Number $number)) { $found[[long] [math]::Floor($number / 256)] = $true }
        }
    }
    $next = 0
    foreach ($network in @($found.Keys | Sort-Object)) {
        $Key.networks["$network"] = "198.$(18 + [math]::Floor($next / 256)).$($next % 256)"
        $next++
    }
}

function Hide-Address {
    param([string] $Text)
    $place = 0
    $hidden = ''
    foreach ($match in [regex]::Matches($Text, $Address)) {
        $network = [string] [math]::Floor((ConvertTo-Number -Address $match.Value) / 256)
        $new = $match.Value
        if ($Key.networks.ContainsKey($network)) { $new = "$($Key.networks[$network]).$($match.Groups[4].Value)" }
        $hidden += $Text.Substring($place, $match.Index - $place) + $new
        $place = $match.Index + $match.Length
    }
    $hidden + $Text.Substring($place)
}

# Replaces each match by the stand-in of the given group.
function Hide-Match {
    param([string] $Text, [string] $Pattern, [string] $Kind, [string] $Prefix)
    $place = 0
    $hidden = ''
    foreach ($match in [regex]::Matches($Text, $Pattern, 'IgnoreCase')) {
        $hidden += $Text.Substring($place, $match.Index - $place) + (Get-StandIn -Kind $Kind -Text $match.Value -Prefix $Prefix)
        $place = $match.Index + $match.Length
    }
    $hidden + $Text.Substring($place)
}

function Hide-Text {
    param([string] $Text)
    $hidden = Hide-Match -Text $Text -Pattern '[A-Za-z0-9._%+-]+(?=@[A-Za-z0-9])' -Kind 'mailboxes' -Prefix 'mailbox'
    $hidden = Hide-Match -Text $hidden -Pattern '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' -Kind 'ids' -Prefix 'id'
    $hidden = Hide-Match -Text $hidden -Pattern '(?<=\bS-1-5-21-)\d+-\d+-\d+' -Kind 'ids' -Prefix '1-1-'
    # Whoever meets a certificate knows its thumbprint.
    $hidden = Hide-Match -Text $hidden -Pattern '\b[0-9a-f]{40}\b' -Kind 'certificates' -Prefix ''
    # Global addresses of IPv6 but those of Microsoft 365.
    $hidden = Hide-Match -Text $hidden -Pattern '(?<![0-9a-f:])(?!2a01:111:|2603:10|2620:1ec:)[23][0-9a-f]{3}(?::[0-9a-f]{0,4}){2,7}' -Kind 'addresses6' -Prefix '2001:db8::'
    # Company, department and place in the names of certificates.
    $hidden = Hide-Match -Text $hidden -Pattern '(?<=(?:^|[,>] ?)(?:O|OU|L|S|ST|STREET|E)=)(?:"[^"]*"|[^,<"]+)' -Kind 'names' -Prefix 'name'
    if ($NamePattern -ne '') { $hidden = Hide-Match -Text $hidden -Pattern $NamePattern -Kind 'names' -Prefix 'name' }
    Hide-Address -Text $hidden
}

# Groups that every Exchange organization has.
$ExchangeGroups = 'Exchange Servers', 'ExchangeLegacyInterop', 'Exchange Trusted Subsystem', 'Organization Management', 'Delegated Setup',
    'Public Folder Management', 'Server Management', 'Domain Admins', 'Enterprise Admins', 'Schema Admins'

# The name of a domain account; well-known accounts have identifiers that everybody knows.
function Hide-Account {
    param($Row)
    if ($Row.User -match '\\' -and ($null -eq $Row.UserSid -or $Row.UserSid -like 'S-1-5-21-*')) {
        if ($ExchangeGroups -contains ($Row.User -split '\\')[1]) { $Row.User = 'DOMAIN\' + ($Row.User -split '\\')[1] }
        else { $Row.User = 'DOMAIN\' + (Get-StandIn -Kind 'accounts' -Text $Row.User -Prefix 'account') }
    }
}

function Hide-Object {
    param($Plain)
    if ($null -ne $Plain.PSObject.Properties['User']) { Hide-Account -Row $Plain }
    $values = [ordered]@{}
    foreach ($property in $Plain.PSObject.Properties) {
        if ($FreeText -contains $property.Name) { continue }
        $value = $property.Value
        if ($value -is [array]) { $value = @(foreach ($item in $value) { Hide-Text -Text $item }) }
        elseif ($value -is [string]) { $value = Hide-Text -Text $value }
        $values[$property.Name] = $value
    }
    New-Object -TypeName PSObject -Property $values
}

# Longer names first, so that no name is replaced inside another one. Short ones only where they stand alone.
function Get-NamePattern {
    $names = @($Key.names.Keys | Sort-Object -Property Length -Descending)
    if ($names.Count -eq 0) { return '' }
    $parts = foreach ($name in $names) {
        $escaped = [regex]::Escape($name)
        if ($name.Length -ge 5) { $escaped } else { "(?<![A-Za-z0-9])$escaped(?![A-Za-z0-9])" }
    }
    $parts -join '|'
}

function Save-Pending {
    [void] (Get-StandIn -Kind 'names' -Text $env:COMPUTERNAME -Prefix 'name')
    foreach ($result in $Pending) {
        Add-NamesOf -Objects $result.Objects
        Add-NetworksOf -Objects $result.Objects
    }
    $script:NamePattern = Get-NamePattern
    foreach ($result in $Pending) {
        $hidden = @(foreach ($object in $result.Objects) { Hide-Object -Plain $object })
        $path = Hide-Text -Text $result.Path
        if ($path -like '*.txt') { Save-Text -Path $path -Objects $hidden }
        else { Save-Clixml -Path $path -Objects $hidden }
    }
    foreach ($entry in $Entries) {
        foreach ($name in 'path', 'command', 'server', 'error') {
            if ($entry[$name] -is [string]) { $entry[$name] = Hide-Text -Text $entry[$name] }
        }
    }
}

# ---- run -----------------------------------------------------------------------------------------------------------------------

function Get-ServerNames {
    if ($Server) { return $Server }
    try { $found = @(Get-ExchangeServer -ErrorAction Stop) }
    catch {
        Write-Host "The servers are not known: $($_.Exception.Message) Name them with -Server."
        return
    }
    foreach ($one in $found) {
        if ([string] $one.ServerRole -match 'Edge') {
            Write-Host "$($one.Name) is an Edge Transport server: run this script there, with -Edge."
        }
        else { [string] $one.Name }
    }
}

# A window that knows both sides would answer for either of them.
function Assert-Session {
    param([string] $Wanted, [string] $Foreign, [string] $Advice)
    if (-not (Test-Known -Name $Wanted)) { throw "The command $Wanted is not available here. $Advice" }
    $modules = @(Get-Command -Name $Wanted, $Foreign -ErrorAction SilentlyContinue | Sort-Object -Property ModuleName -Unique)
    if ($modules.Count -gt 1) { throw "This window knows the commands of Exchange on-premises and of Exchange Online. Open a new one for each." }
}

function Save-Manifest {
    $computer = $env:COMPUTERNAME
    if ($Pseudonyms) { $computer = Hide-Text -Text $computer }
    $manifest = [ordered]@{
        postern       = 1
        scriptVersion = $ScriptVersion
        collectedAt   = Format-Time -Time $Started
        computer      = $computer
        user          = $null
        powershell    = $PSVersionTable.PSVersion.ToString()
        mode          = $Mode
        pseudonyms    = [bool] $Pseudonyms
        parameters    = [ordered]@{ allServers = ($Mode -eq 'on-premises' -and -not $Server); logHours = $LogHours }
        files         = $Entries.ToArray()
    }
    $json = ConvertTo-Json -InputObject $manifest -Depth 6
    [System.IO.File]::WriteAllText((Join-Path -Path $WorkFolder -ChildPath 'manifest.json'), $json, $Utf8)
}

# Names of members get / between folders whatever the version of .NET; Compress-Archive of Windows PowerShell 5.1 writes \.
function Save-Archive {
    param([string] $Archive)
    Add-Type -AssemblyName System.IO.Compression
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $zip = [System.IO.Compression.ZipFile]::Open($Archive, [System.IO.Compression.ZipArchiveMode]::Create)
    try {
        foreach ($file in @(Get-ChildItem -LiteralPath $WorkFolder -Recurse -File | Sort-Object -Property FullName)) {
            $name = $file.FullName.Substring($WorkFolder.Length + 1) -replace '\\', '/'
            [void] [System.IO.Compression.ZipFileExtensions]::CreateEntryFromFile($zip, $file.FullName, $name)
        }
    }
    finally { $zip.Dispose() }
}

$Mode = 'on-premises'
if ($Edge) { $Mode = 'edge' }
if ($ExchangeOnline) { $Mode = 'exchange-online' }
if ($Pseudonyms -and $LogHours -gt 0) { throw 'Logs hold names that cannot all be found: -LogHours and -Pseudonyms exclude each other.' }
if ($ExchangeOnline -and $LogHours -gt 0) { throw 'Exchange Online has no protocol logs to copy: -LogHours is for servers.' }
if ($ExchangeOnline) { Assert-Session -Wanted 'Get-InboundConnector' -Foreign 'Get-ExchangeServer' -Advice 'Run Connect-ExchangeOnline first.' }
else { Assert-Session -Wanted 'Get-ExchangeServer' -Foreign 'Get-InboundConnector' -Advice 'Run this script in the Exchange Management Shell.' }

$Started = Get-Date
$NamePattern = ''
$stamp = $Started.ToString('yyyyMMdd-HHmmss', $Invariant)
$folder = (Resolve-Path -LiteralPath $OutputPath -ErrorAction Stop).ProviderPath
$base = Join-Path -Path $folder -ChildPath "Postern-$Mode-$stamp"
$WorkFolder = "$base-work"
[void] (New-Item -ItemType Directory -Path $WorkFolder)

# Lists are cut after four values otherwise, and texts of sizes and times are in the language of the session.
$oldLimit = $global:FormatEnumerationLimit
$oldCulture = [System.Threading.Thread]::CurrentThread.CurrentCulture
try {
    $global:FormatEnumerationLimit = -1
    [System.Threading.Thread]::CurrentThread.CurrentCulture = $Invariant
    if ($ExchangeOnline) { Receive-ExchangeOnline }
    elseif ($Edge) { Receive-Edge }
    else {
        Receive-Organization
        foreach ($name in @(Get-ServerNames)) { Receive-OneServer -Name $name }
    }
    if ($Pseudonyms) { Save-Pending }
    Save-Manifest
    Save-Archive -Archive "$base.zip"
    if ($Pseudonyms) {
        [System.IO.File]::WriteAllText("$base-key.json", (ConvertTo-Json -InputObject $Key -Depth 4), $Utf8)
        Write-Host "Key file, not to be passed on: $base-key.json"
    }
}
finally {
    $global:FormatEnumerationLimit = $oldLimit
    [System.Threading.Thread]::CurrentThread.CurrentCulture = $oldCulture
    Remove-Item -LiteralPath $WorkFolder -Recurse
}

$failures = @($Entries | Where-Object -FilterScript { $null -ne $_.error })
Write-Host ''
Write-Host "$($Entries.Count - $failures.Count) results, $($failures.Count) failed."
Write-Host "Done: $base.zip"
Write-Host "SHA-256: $((Get-FileHash -LiteralPath "$base.zip" -Algorithm SHA256).Hash)"
