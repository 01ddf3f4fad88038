import { enumNames } from '../build/enums'
import { propertyNames } from '../build/kinds'
import { defaultReceiveConnectors } from '../defaults/receive-connectors'
import { cmdletOf, noticeCodes } from '../model'
import { noticeText } from '../report/notices'
import { ruleTexts } from '../rules/texts.generated'
import { isAuthority } from './well-known'

/** Words of values and commands that no table of the core holds. */
const others = `
ms Exch SMTP Accept Any Recipient Sender Authoritative Domain Headers Routing Organization Forest Bypass Anti Spam Message Size Limit Submit
Send Legacy Exchange XAttr XSysProbe SID S true false null yes no none unlimited Unlimited smtp X400 cost
Version Build Administrative Group FYDIBOHF23SPDLT DWBGZMFD01QNBJR MTA WMSvc WMSVC SHA1 SHA2 SHA256 RSA ECC TLS SSL CA ECDSA sha1RSA sha256RSA
sha384RSA sha512RSA sha256ECDSA sha384ECDSA Server Authentication Client CN OU O L ST DC C E Auth Certificate Global Issuing Root Trust Public
Program Files Microsoft TransportRoles Logs Hub Edge Mailbox Connectivity ProtocolLog SmtpReceive SmtpSend V14 V15 C D System Security
AccessControl CryptoKeyAccessRule String Collections Generic List MessagingPolicies Rules Tasks Transport Agents Action Predicate Data Directory
Get Set New Remove Add Enable Disable Import Export Clixml Path Identity WhatIf Confirm Object ForEach Where Format Property Select
ExchangeCertificate ReceiveConnector SendConnector ADPermission TransportService Restart Service MSExchangeTransport MSExchangeFrontEndTransport
postern backup connector connectors permissions certificates before after Principal SecurityIdentifier NTAccount Translate Value account
January February March April May June July August September October November December Januar Februar März Mai Juni Juli Oktober Dezember
Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mär Okt Dez AM PM UTC GMT KB MB GB bytes Bytes B
Authenticated Users Anonymous Logon ANONYMOUS LOGON NT AUTHORITY AUTORITÄT ANMELDUNG Authentifizierte Benutzer BUILTIN Partners
First Site Name Sites Configuration Schema Services Protocols Connectors Servers EdgeSync Inbound Outbound from to Office 365 O365 On premises
receive send inbound outbound accepted domains remote hybrid configuration servers transport services rules settings organization edge
exchange online paste article log headers stdin manifest domain settings subscription receiveconnectors sendconnectors txt xml csv json zip
Get-OrganizationConfig TestMode RuleScoped plain mode test fl ft Format-List Out-File Encoding utf8 PS C ncacn vns spp ip tcp
Standard Enterprise Unchanged Changed Undefined NotSpecified External InternalLegacy MimeHtmlText Managed Federated ThirdParty Registry
HeaderMatchesPredicate HeaderContainsPredicate SetHeaderAction SetSclAction PrependSubjectAction RouteMessageOutboundConnectorAction
FrontendTransportService mailGateway example transcript paste ticket postern certificate request pfx req WA US Redmond Forefront Ignore top Control
DigiCert Inc Ltd LLC GmbH AG SE KG SA Limited Let s Encrypt ISRG GlobalSign nv sa Sectigo Greater Manchester Salford Network Entrust Technologies
G1 G2 G3 G4 G5 R1 R3 R4 R6 R10 R11 R12 R13 E1 E5 E6 E7 E8 CA1 CA2 WR1 WR2 WE1 WE2 Validation Secure EV OV DV Assured ID High Assurance
http https owa ecp ews mapi MSIT Coexistence Organizations ConfigurationUnits ConfigurationUnit Config Hosted Units Unit Serial Number Not Before After Thumbprint Subject Issuer removed Windows PowerShell transcript start end Start time Username RunAs Machine Host Application Process PSVersion PSEdition PSCompatibleVersions
BuildVersion CLRVersion WSManStackVersion PSRemotingProtocolVersion SerializationVersion Desktop Core exe v1 System32 WindowsPowerShell
Startzeit Startuhrzeit Endzeit Benutzername Computer Hostanwendung Aufzeichnung gestartet beendet Prozess PerimeterDuplicateDetected Validated BlockUserForToday Automatic Any User IPAddress Opportunistic EncryptionOnly DomainValidation CertificateValidation DEUP EURP PROD
`

/** Names that documentation uses for organisations, and that somebody may have. */
const NAMES = /^(?:contoso|fabrikam|northwind|adventure|woodgrove|munich|vienna|(?:ex|edge|dc)\d+)$/i

function* texts(): Generator<string> {
  for (const text of Object.values(ruleTexts)) {
    for (const { title, headline, finding, conditions } of [text.en, text.de])
      yield* [title, headline, finding, ...Object.values(conditions)]
  }
  for (const code of noticeCodes)
    for (const lang of ['en', 'de'] as const) yield* Object.values(noticeText({ code, message: '', remedy: '' }, lang))
  yield* [...propertyNames, ...enumNames, ...Object.values(cmdletOf), ...defaultReceiveConnectors.map((d) => d.prefix)]
  yield others
}

type Vocabulary = { readonly exact: ReadonlySet<string>; readonly lower: ReadonlySet<string> }

let known: Vocabulary | undefined

/** Words that Exchange and the product themselves use: in them nobody's name is hidden. */
export function vocabulary(): Vocabulary {
  if (known === undefined) {
    const exact = new Set<string>()
    for (const text of texts())
      for (const [word] of text.matchAll(/[\p{L}\p{N}]+/gu)) if (!NAMES.test(word)) exact.add(word)
    known = { exact, lower: new Set([...exact].map((w) => w.toLowerCase())) }
  }
  return known
}

/** A class of the directory, the middle of a date, a number with or without its unit. */
const NUMBER =
  /^msExch[a-z]{1,60}$|^\d{1,4}T\d{1,4}$|^\d{1,12}(?:ms|s|m|h|d|kb|mb|gb|b|st|nd|rd|th|t|z)?$|^0x[0-9a-f]{1,8}$/i

export const isPlainWord = (word: string): boolean =>
  vocabulary().lower.has(word.toLowerCase()) || NUMBER.test(word) || /^[a-z0-9]$/i.test(word) || isAuthority(word)
