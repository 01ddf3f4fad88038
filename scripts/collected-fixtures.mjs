// Writes what the collection script would have collected, as zip files under lib/core/fixtures/collected-*: the objects of other golden
// cases as Export-Clixml writes them. Run `node scripts/collected-fixtures.mjs` after a change; the files are committed, expected.json
// is written by hand. `--check` writes nothing and exits with 1 when a file is stale; `--manifests` prints what the files list.
import { createHash, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { root } from './lib.mjs'

const fixtures = path.join(root, 'lib/core/fixtures')

/** The writers of the core's tests are TypeScript. */
async function testing() {
  const { outputFiles } = await build({
    stdin: {
      contents: "export * from './make-zip'; export * from './make-serialization-data'",
      resolveDir: path.join(root, 'lib/core/testing'),
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)
}
const { makeZip, makeSerializationData } = await testing()

// --- objects of the other cases ---------------------------------------------------------------------------------------

function textOf(file) {
  const bytes = readFileSync(path.join(fixtures, file))
  return bytes[0] === 0xff ? bytes.toString('utf16le').slice(1) : bytes.toString('utf8')
}

/** The objects of a Format-List text, as names and texts. Lines that were wrapped are joined. */
function objectsOf(file, change = (t) => t) {
  const objects = []
  let current
  let last
  for (const line of change(textOf(file)).split(/\r?\n/)) {
    const pair = /^(\w+) *: (.*)$/.exec(line) ?? /^(\w+) *:()$/.exec(line)
    if (pair && !line.startsWith('[PS]')) {
      if (!current) {
        current = {}
        objects.push(current)
      }
      last = pair[1]
      current[last] = pair[2]
    } else if (line.trim() === '' || line.startsWith('[PS]') || line.startsWith('PS ')) current = undefined
    else if (current && last) current[last] += line.trimStart()
  }
  return objects
}

// --- Export-Clixml ----------------------------------------------------------------------------------------------------

const escaped = (s) =>
  String(s)
    .replace(/_(?=x[0-9A-F]{4}_)/g, '_x005F_')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')

const isoOf = (german) => german.replace(/^(\d\d)\.(\d\d)\.(\d{4}) (.*)$/, '$3-$2-$1T$4')
const enums =
  /^(AuthMechanism|PermissionGroups|TransportRole|ProtocolLoggingLevel|SizeEnabled|TlsAuthLevel|DomainType|ServerRole|ConnectorType|ConnectorSource|TlsSettings|ObjectState|MessageRateSource)$/
const empties = /^(Banner|Comment|AdminDisplayName)$/

/** A value under the element that PowerShell gives its type. Lists hold objects that say their text. */
function member(name, value, pad, ids) {
  const n = ` N="${name}"`
  if (value === null) return [`${pad}<Nil${n} />`]
  if (typeof value === 'boolean') return [`${pad}<B${n}>${value}</B>`]
  if (value instanceof Uint8Array) return [`${pad}<BA${n}>${Buffer.from(value).toString('base64')}</BA>`]
  if (Array.isArray(value)) return listMember(n, value, pad, ids)
  if (value === 'True' || value === 'False') return [`${pad}<B${n}>${value.toLowerCase()}</B>`]
  if (/^\{.*\}$/s.test(value)) return typedList(name, value.slice(1, -1).split(', ').filter(Boolean), pad, ids)
  if (value === '') return [empties.test(name) ? `${pad}<S${n}></S>` : `${pad}<Nil${n} />`]
  if (/^\d\d\.\d\d\.\d{4} /.test(value))
    return [`${pad}<DT${n}>${isoOf(value)}${name.endsWith('UTC') ? 'Z' : '+02:00'}</DT>`]
  if (enums.test(name))
    return [
      `${pad}<Obj${n} RefId="${ids.next()}">`,
      ...ids.types([`Microsoft.Exchange.Data.${name}`, 'System.Enum', 'System.ValueType', 'System.Object'], pad),
      `${pad}  <ToString>${escaped(value)}</ToString>`,
      `${pad}</Obj>`,
    ]
  return [`${pad}<S${n}>${escaped(value)}</S>`]
}

/** A plain array of texts. */
function listMember(n, items, pad, ids) {
  return [
    `${pad}<Obj${n} RefId="${ids.next()}">`,
    ...ids.types(['System.Object[]', 'System.Array', 'System.Object'], pad),
    ...(items.length === 0
      ? [`${pad}  <LST />`]
      : [`${pad}  <LST>`, ...items.map((i) => `${pad}    <S>${escaped(i)}</S>`), `${pad}  </LST>`]),
    `${pad}</Obj>`,
  ]
}

function typedList(name, items, pad, ids) {
  const one = (item) => [
    `${pad}    <Obj RefId="${ids.next()}">`,
    ...ids.types([`Microsoft.Exchange.Data.${name}Item`, 'System.Object'], `${pad}    `),
    `${pad}      <ToString>${escaped(item)}</ToString>`,
    `${pad}    </Obj>`,
  ]
  return [
    `${pad}<Obj N="${name}" RefId="${ids.next()}">`,
    ...ids.types(
      [`Microsoft.Exchange.Data.MultiValuedProperty\`1[[Microsoft.Exchange.Data.${name}Item]]`, 'System.Object'],
      pad,
    ),
    ...(items.length === 0 ? [`${pad}  <LST />`] : [`${pad}  <LST>`, ...items.flatMap(one), `${pad}  </LST>`]),
    `${pad}</Obj>`,
  ]
}

/** Numbers of objects and of lists of type names, which Export-Clixml writes once. */
function numbering() {
  let reference = 0
  const known = new Map()
  return {
    next: () => reference++,
    types(names, pad) {
      const key = names.join()
      if (known.has(key)) return [`${pad}  <TNRef RefId="${known.get(key)}" />`]
      known.set(key, known.size)
      return [
        `${pad}  <TN RefId="${known.size - 1}">`,
        ...names.map((t) => `${pad}    <T>${escaped(t)}</T>`),
        `${pad}  </TN>`,
      ]
    },
  }
}

/** `props`: members of the .NET type; `notes`: what was added to it. Windows PowerShell writes a mark and CRLF. */
function clixml(objects) {
  const lines = ['<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">']
  const ids = numbering()
  const group = (tag, members) =>
    members
      ? [`    <${tag}>`, ...Object.entries(members).flatMap(([n, v]) => member(n, v, '      ', ids)), `    </${tag}>`]
      : []
  for (const { types, props, notes, text } of objects)
    lines.push(
      `  <Obj RefId="${ids.next()}">`,
      ...ids.types(types, '  '),
      ...(text === undefined ? [] : [`    <ToString>${escaped(text)}</ToString>`]),
      ...group('Props', props),
      ...group('MS', notes),
      '  </Obj>',
    )
  return `\ufeff${[...lines, '</Objs>'].join('\r\n')}`
}

const DIRECTORY = 'Microsoft.Exchange.Data.Directory.SystemConfiguration'
const asked = (computer) => ({
  PSComputerName: computer,
  RunspaceId: '3f0a6c5e-8d1b-4f57-9a34-6b2f1f0c7d11',
  PSShowComputerName: 'False',
})

/** Objects of a management shell: real types. */
const premises =
  (type, computer) =>
  ({ RunspaceId, ...props }) => ({
    types: [
      type.includes('.') ? type : `${DIRECTORY}.${type}`,
      'Microsoft.Exchange.Data.ConfigurableObject',
      'System.Object',
    ],
    text: props.Identity,
    props,
    notes: asked(computer),
  })
/** Objects of Exchange Online arrive as bags of properties with the names of their types. */
const cloud = (type) => (notes) => ({
  types: [`Deserialized.Microsoft.Exchange.Data.Directory.Management.${type}`, 'System.Object'],
  notes,
})
const row = (notes) => ({ types: ['System.Management.Automation.PSCustomObject', 'System.Object'], notes })

// --- certificates -----------------------------------------------------------------------------------------------------

/* biome-ignore format: one line a certificate */
const certificates = {
  'mail.contoso.com': 'MIIBXDCCAQKgAwIBAgIDChEiMAoGCCqGSM49BAMCMBcxFTATBgNVBAMMDFB1YmxpYyBDQSBHMTAeFw0yNjAzMDEwMDAwMDBaFw0yNzAzMzAwMDAwMDBaMBsxGTAXBgNVBAMMEG1haWwuY29udG9zby5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQfoj8B4JbdaYW28j0/bvn0Sl/WxJrQKSQXCBaBtsixZzQbyxpu1RXBXh1q8yCns9itGoIwnuwP3PDfJ0eTtUwVozkwNzA1BgNVHREELjAsghBtYWlsLmNvbnRvc28uY29tghhhdXRvZGlzY292ZXIuY29udG9zby5jb20wCgYIKoZIzj0EAwIDSAAwRQIhAJe6mM2tbqKuOtB6pLTyFjAHdNAbl3OBXU1kRvyJ+ObeAiAHaPQjX6CoQydXKTh3vlJV7umkKs6KRk+RE+4CKweIrg==',
  EX01: 'MIIBNDCB3KADAgECAgMrATEwCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwERVgwMTAeFw0yNTA2MDEwNzE0MDNaFw0zMDA2MDEwNzE0MDNaMA8xDTALBgNVBAMMBEVYMDEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARnFYdurTo1u0p+V5+Koejv4HetNjpoWKuWufxcVTO6+6ZBt2PczwOnjCwzYMTEaj4dgoz6KfMl2wBNHaTRoUYEoycwJTAjBgNVHREEHDAaggRFWDAxghJFWDAxLmNvbnRvc28ubG9jYWwwCgYIKoZIzj0EAwIDRwAwRAIgPp5W9bjO5tF4OGXFZjxETQH3qMXwKFx6udm8gH56ik0CICjwbftFcl6X0B0Ban5BLq2DXNbluzhkcuc8lN1j9ONd',
  EX02: 'MIIBNTCB3KADAgECAgMrATIwCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwERVgwMjAeFw0yNTA2MDEwNzE0MDNaFw0zMDA2MDEwNzE0MDNaMA8xDTALBgNVBAMMBEVYMDIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS7AUokbHO9dhfGawo1pF77CKHjygANSlwnKzLXfN7c2esJFRKQNbXkHbIeADJiELPbcHyH5HAAFJUMl8P4U83loycwJTAjBgNVHREEHDAaggRFWDAyghJFWDAyLmNvbnRvc28ubG9jYWwwCgYIKoZIzj0EAwIDSAAwRQIhAMvTCASZ2vlF3NBCxpcY3VjDdE1t5m7pepU4NEFY0rikAiAQId7DBsiPPfK3foo1Xc4XpVpQF0HOIEkcvZ6lHnXTKA==',
  EDGE01: 'MIIBPTCB5KADAgECAgMrATEwCgYIKoZIzj0EAwIwETEPMA0GA1UEAwwGRURHRTAxMB4XDTI1MDYwMTA3MTQwM1oXDTMwMDYwMTA3MTQwM1owETEPMA0GA1UEAwwGRURHRTAxMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEL9CabZexwjh+hogSno9r8P+NYsvKCjZn6F4bLmHR+whuXZKn+RuDUzlUsqB0nUatWSmPoNyX8FDGwp5e4GsEbKMrMCkwJwYDVR0RBCAwHoIGRURHRTAxghRFREdFMDEuY29udG9zby5sb2NhbDAKBggqhkjOPQQDAgNIADBFAiBm46cxYL6CYlIGffwpp5/nRoivUiL+KZ2cdu3GKsM9CwIhAIsTHrAqscYhKE6k+qQB/XXGDoU5hzC05+u/beoAqwOt',
  auth: 'MIIBVzCB/qADAgECAgIsATAKBggqhkjOPQQDAjA1MTMwMQYDVQQDDCpNaWNyb3NvZnQgRXhjaGFuZ2UgU2VydmVyIEF1dGggQ2VydGlmaWNhdGUwHhcNMjUwNjAxMDcxNDAzWhcNMzAwNTA2MDcxNDAzWjA1MTMwMQYDVQQDDCpNaWNyb3NvZnQgRXhjaGFuZ2UgU2VydmVyIEF1dGggQ2VydGlmaWNhdGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ0nhQNbMXE2ULoztr0VuF2UZEj9soVfuLAz7PgR7ZZNN2B39SH1qKHZROgExHb0oafkUn/XDIYFWS/i5E6TdpsMAoGCCqGSM49BAMCA0gAMEUCIQDhUN6lqTttk4X4nq9hTGwzHb5/jVvJhXTdv9Yd0kj82gIgL+22rRd4M+xHFJKHMOTplDEAZWhd3iTy4Ovrpcha/OI=',
}

const services = { SMTP: 16, IIS: 8, POP: 2, IMAP: 1 }

/** A certificate of a server: what the object is, and what the text beside it says. */
function certificateOf(name, server, offered, root) {
  const der = Buffer.from(certificates[name], 'base64')
  const x509 = new X509Certificate(der)
  const thumbprint = createHash('sha1').update(der).digest('hex').toUpperCase()
  const iso = (text) => `${new Date(text).toISOString().slice(0, 19)}Z`
  const computer = `${server}.contoso.local`
  const names = x509.subjectAltName?.split(', ').map((n) => n.replace('DNS:', '')) ?? []
  const SerializationData = makeSerializationData({
    services: offered.reduce((sum, s) => sum + services[s], 0),
    status: 1,
    rootCAType: root === 'ThirdParty' ? 1 : root === 'Registry' ? 3 : 0,
    identity: `${computer}\\${thumbprint}`,
    hasPrivateKey: true,
    signed: true,
  })
  return {
    object: {
      types: [
        'Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate',
        'System.Security.Cryptography.X509Certificates.X509Certificate2',
        'System.Object',
      ],
      props: { RawData: new Uint8Array(der) },
      notes: { ...asked(computer), SerializationData },
    },
    text: {
      AccessRules:
        '{System.Security.AccessControl.CryptoKeyAccessRule, System.Security.AccessControl.CryptoKeyAccessRule}',
      CertificateDomains: `{${names.join(', ')}}`,
      HasPrivateKey: 'True',
      IsSelfSigned: x509.subject === x509.issuer ? 'True' : 'False',
      Issuer: x509.issuer,
      NotAfter: iso(x509.validTo),
      NotBefore: iso(x509.validFrom),
      PublicKeySize: '256',
      RootCAType: root,
      SerialNumber: x509.serialNumber,
      Services: offered.join(', ') || 'None',
      Status: 'Valid',
      Subject: x509.subject,
      Thumbprint: thumbprint,
      FriendlyName: 'Microsoft Exchange',
      Identity: `${computer}\\${thumbprint}`,
      PSComputerName: computer,
      EnhancedKeyUsages: '{}',
    },
  }
}

/** Format-List into a file: `Out-String` ends lines with CRLF. */
function formatList(objects) {
  const one = (object) => {
    const width = Math.max(...Object.keys(object).map((n) => n.length))
    return Object.entries(object)
      .map(([n, v]) => `${n.padEnd(width)} : ${v}`)
      .join('\r\n')
  }
  return `\r\n\r\n${objects.map(one).join('\r\n\r\n')}\r\n\r\n\r\n\r\n`
}

// --- access lists -----------------------------------------------------------------------------------------------------

const EXCHANGE = 'S-1-9-1419165041-1139599005-3936102811-1022490595-'
const accounts = {
  anonymous: ['NT-AUTORIT\u00c4T\\ANONYMOUS-ANMELDUNG', 'S-1-5-7'],
  users: ['NT-AUTORIT\u00c4T\\Authentifizierte Benutzer', 'S-1-5-11'],
  hub: ['MS Exchange\\Hub Transport Servers', `${EXCHANGE}21`],
  edge: ['MS Exchange\\Edge Transport Servers', `${EXCHANGE}22`],
  partner: ['MS Exchange\\Partner Servers', `${EXCHANGE}10`],
  servers: ['CONTOSO\\Exchange Servers', 'S-1-5-21-1004336348-1177238915-682003330-1119'],
}
const anonymous = [
  'ms-Exch-SMTP-Submit',
  'ms-Exch-SMTP-Accept-Any-Sender',
  'ms-Exch-SMTP-Accept-Authoritative-Domain-Sender',
  'ms-Exch-Accept-Headers-Routing',
]
const user = [
  'ms-Exch-SMTP-Submit',
  'ms-Exch-SMTP-Accept-Any-Recipient',
  'ms-Exch-Bypass-Anti-Spam',
  'ms-Exch-Accept-Headers-Routing',
]
const trusted = [
  'ms-Exch-SMTP-Submit',
  'ms-Exch-SMTP-Accept-Any-Sender',
  'ms-Exch-SMTP-Accept-Any-Recipient',
  'ms-Exch-SMTP-Accept-Authentication-Flag',
  'ms-Exch-SMTP-Accept-Authoritative-Domain-Sender',
  'ms-Exch-Bypass-Anti-Spam',
  'ms-Exch-Bypass-Message-Size-Limit',
  'ms-Exch-SMTP-Accept-Exch50',
  'ms-Exch-Accept-Headers-Routing',
  'ms-Exch-Accept-Headers-Forest',
  'ms-Exch-Accept-Headers-Organization',
]

/** The rows that a permission group stands for. */
const ofGroup = {
  AnonymousUsers: [['anonymous', anonymous]],
  ExchangeUsers: [['users', user]],
  ExchangeServers: [
    ['hub', trusted],
    ['edge', trusted],
    ['servers', trusted],
  ],
  Partners: [['partner', ['ms-Exch-SMTP-Submit', 'ms-Exch-Accept-Headers-Routing']]],
}

const permissionsOf = (connector) =>
  connector.PermissionGroups.split(', ')
    .flatMap((group) => ofGroup[group] ?? [])
    .flatMap(([account, rights]) => rights.map((right) => [accounts[account], right]))
    .map(([[User, UserSid], right]) =>
      row({
        Identity: connector.Identity,
        User,
        UserSid,
        Deny: false,
        IsInherited: false,
        InheritanceType: 'All',
        AccessRights: ['ExtendedRight'],
        ExtendedRights: [right],
        Properties: [],
        ChildObjectTypes: [],
      }),
    )

// --- settings ---------------------------------------------------------------------------------------------------------

/** What every object of the directory has. */
const directory = (Name, more = {}) => ({
  AdminDisplayName: '',
  ExchangeVersion: '0.1 (8.0.535.0)',
  Name,
  Identity: Name,
  Guid: '5b0d5f3a-4a1c-4b7e-9d20-00000005b0d5',
  WhenChanged: '02.06.2025 10:29:00',
  WhenCreated: '02.06.2025 10:29:00',
  WhenChangedUTC: '02.06.2025 08:29:00',
  WhenCreatedUTC: '02.06.2025 08:29:00',
  OrganizationId: '',
  OriginatingServer: 'DC01.contoso.local',
  IsValid: 'True',
  ObjectState: 'Unchanged',
  ...more,
})
const online = (Name, more = {}) => {
  const { OriginatingServer, ...rest } = directory(Name, more)
  return {
    ...rest,
    OrganizationId: 'DEUP281A001.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/contoso.onmicrosoft.com',
    OriginatingServer: 'FR2P281A01DC001.DEUP281A001.PROD.OUTLOOK.COM',
  }
}

const LOGS = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\TransportRoles\\Logs'
const transportService = (server, service) => ({
  ConnectivityLogEnabled: 'True',
  ConnectivityLogPath: `${LOGS}\\${service}\\Connectivity`,
  ExternalDNSAdapterEnabled: 'True',
  ExternalDNSServers: '{}',
  InternalDNSAdapterEnabled: 'True',
  InternalDNSServers: '{}',
  IntraOrgConnectorProtocolLoggingLevel: 'None',
  MaxOutboundConnections: '1000',
  ReceiveProtocolLogMaxAge: '30.00:00:00',
  ReceiveProtocolLogMaxDirectorySize: '250 MB (262,144,000 bytes)',
  ReceiveProtocolLogPath: `${LOGS}\\${service}\\ProtocolLog\\SmtpReceive`,
  SendProtocolLogMaxAge: '30.00:00:00',
  SendProtocolLogMaxDirectorySize: '250 MB (262,144,000 bytes)',
  SendProtocolLogPath: `${LOGS}\\${service}\\ProtocolLog\\SmtpSend`,
  ...directory(server),
  ...(service === 'FrontEnd' ? { Identity: `${server}\\Frontend` } : {}),
})

const transportConfig = {
  ExternalPostmasterAddress: '',
  InternalSMTPServers: '{}',
  MaxReceiveSize: '36 MB (37,748,736 bytes)',
  MaxRecipientEnvelopeLimit: '500',
  MaxSendSize: '36 MB (37,748,736 bytes)',
  ShadowRedundancyEnabled: 'True',
  TLSReceiveDomainSecureList: '{}',
  TLSSendDomainSecureList: '{}',
}
const remoteDomain = {
  DomainName: '*',
  IsInternal: 'False',
  TargetDeliveryDomain: 'False',
  AllowedOOFType: 'External',
  AutoReplyEnabled: 'False',
  AutoForwardEnabled: 'False',
  DeliveryReportEnabled: 'True',
  NDREnabled: 'True',
  TNEFEnabled: '',
  TrustedMailOutboundEnabled: 'False',
  TrustedMailInboundEnabled: 'False',
}
const organization = { IsMixedMode: 'False', MapiHttpEnabled: 'True', OAuth2ClientProfileEnabled: 'True' }
const authConfig = {
  CurrentCertificateThumbprint: createHash('sha1')
    .update(Buffer.from(certificates.auth, 'base64'))
    .digest('hex')
    .toUpperCase(),
  PreviousCertificateThumbprint: '',
  ServiceName: '00000002-0000-0ff1-ce00-000000000000',
}

// --- the zip files ----------------------------------------------------------------------------------------------------

const VERSION = '1.0.0'
const manifests = []

// --- pseudonyms -------------------------------------------------------------------------------------------------------

const freeText =
  /^(?:Comment|Banner|AdminDisplayName|DistinguishedName|OriginatingServer|ExchangeLegacyDN|PSComputerName|FriendlyName|SerialNumber|RunspaceId|PSShowComputerName)$/
const withoutFreeText = (members) =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !freeText.test(name)))

/** A value as text: what the script writes instead of the object. */
const plainValue = (value) =>
  typeof value !== 'string'
    ? value
    : /^\{.*\}$/s.test(value)
      ? value.slice(1, -1).split(', ').filter(Boolean)
      : /^\d\d\.\d\d\.\d{4} /.test(value)
        ? `${isoOf(value)}Z`
        : value
const plain = ({ props = {}, notes = {} }) =>
  row(Object.fromEntries(Object.entries(withoutFreeText({ ...props, ...notes })).map(([n, v]) => [n, plainValue(v)])))

/** Stand-ins as the script gives them: one for each label of a domain, each server and each company. */
const standIns = [
  ['name1', /ex01/gi],
  ['name2', /ex02/gi],
  ['name3', /contoso/gi],
  ['DOMAIN\\', /name3\\(?=Exchange Servers)/g],
]
const hidden = (text) => standIns.reduce((t, [name, from]) => t.replace(from, name), text)

/** One run of the script: its results in the order of the commands, a few seconds apart. */
function collected(mode, computer, startedAt, hide = null) {
  const files = []
  const entries = []
  manifests.push({ scriptVersion: VERSION, mode, files: entries })
  let at = Date.parse(startedAt)
  const iso = () => `${new Date(at).toISOString().slice(0, 19)}Z`
  const entry = (file, command, server, objects, error) => {
    at += 1000
    entries.push({ path: file, command, server, takenAt: iso(), objects, error })
  }
  return {
    add(file, command, server, objects) {
      if (hide && /TransportRule|ExchangeCertificate\.xml/.test(file)) return
      const kept = hide ? objects.map(file.endsWith('.txt') ? withoutFreeText : plain) : objects
      const content = file.endsWith('.txt') ? formatList(kept) : clixml(kept)
      entry(file, command, server, objects.length, null)
      files.push({ name: hide?.(file) ?? file, content: hide?.(content) ?? content })
    },
    failed: (file, command, server, error) => entry(file, command, server, 0, error),
    zip() {
      const manifest = {
        postern: 1,
        scriptVersion: VERSION,
        collectedAt: `${startedAt.slice(0, 19)}Z`,
        computer,
        user: null,
        powershell: '5.1.17763.6189',
        mode,
        pseudonyms: hide !== null,
        parameters: { allServers: mode === 'on-premises', logHours: 0 },
        files: entries,
      }
      // As ConvertTo-Json of Windows PowerShell lays it out matters to nobody; that it is JSON does.
      const json = JSON.stringify(manifest, null, 4).replaceAll('\n', '\r\n')
      const content = hide?.(json) ?? json
      const members = [...files, { name: 'manifest.json', content }]
      return makeZip(members.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1)))
    },
  }
}

function addCertificates(run, folder, command, server, list) {
  run.add(
    `${folder}/Get-ExchangeCertificate.xml`,
    command,
    server,
    list.map((c) => c.object),
  )
  run.add(
    `${folder}/Get-ExchangeCertificate.txt`,
    `${command} | Format-List`,
    server,
    list.map((c) => c.text),
  )
}

function addServer(run, name) {
  const renamed = (text) => text.replaceAll('EX01', name)
  const computer = 'EX01.contoso.local'
  const connectors = objectsOf('hcw-2019/receive-connectors.txt', renamed)
  run.add(
    `${name}/Get-ReceiveConnector.xml`,
    `Get-ReceiveConnector -Server ${name}`,
    name,
    connectors.map(premises('ReceiveConnector', computer)),
  )
  run.add(
    `${name}/Get-ADPermission.xml`,
    `Get-ReceiveConnector -Server ${name} | Get-ADPermission`,
    name,
    connectors.flatMap(permissionsOf),
  )
  addCertificates(run, name, `Get-ExchangeCertificate -Server ${name}`, name, [
    certificateOf(name, name, ['IMAP', 'POP', 'IIS', 'SMTP'], 'Registry'),
    certificateOf('mail.contoso.com', name, ['IIS', 'SMTP'], 'ThirdParty'),
    certificateOf('auth', name, ['SMTP'], 'None'),
  ])
  run.add(`${name}/Get-TransportService.xml`, `Get-TransportService -Identity ${name}`, name, [
    premises('TransportServer', computer)(transportService(name, 'Hub')),
  ])
  run.add(`${name}/Get-FrontendTransportService.xml`, `Get-FrontendTransportService -Identity ${name}`, name, [
    premises('FrontendTransportServer', computer)(transportService(name, 'FrontEnd')),
  ])
}

function onPremises(hide = null) {
  const run = collected('on-premises', 'EX01', '2026-11-21T09:00:00Z', hide)
  const computer = 'EX01.contoso.local'
  const org = (cmdlet, objects) => run.add(`organization/${cmdlet}.xml`, cmdlet, null, objects)
  const servers = ['EX01', 'EX02'].flatMap((name) =>
    objectsOf('hcw-2019/servers.txt', (t) => t.replaceAll('EX01', name)),
  )
  org(
    'Get-ExchangeServer',
    servers.map(premises('Microsoft.Exchange.Data.Directory.Management.ExchangeServer', computer)),
  )
  org(
    'Get-SendConnector',
    objectsOf('hcw-2019/send-connectors.txt', (t) => t.replaceAll('{EX01}', '{EX01, EX02}')).map(
      premises('SmtpSendConnectorConfig', computer),
    ),
  )
  org('Get-AcceptedDomain', objectsOf('hcw-2019/accepted-domains.txt').map(premises('AcceptedDomain', computer)))
  // The wizard makes two beside the default one: for addresses of moved mailboxes, and for the origin of their mail.
  const hybridDomain = (DomainName, more) => ({
    ...remoteDomain,
    DomainName,
    ...more,
    ...directory(`Hybrid Domain - ${DomainName}`),
  })
  org(
    'Get-RemoteDomain',
    [
      { ...remoteDomain, ...directory('Default') },
      hybridDomain('contoso.mail.onmicrosoft.com', { TargetDeliveryDomain: 'True' }),
      hybridDomain('contoso.onmicrosoft.com', { TrustedMailInboundEnabled: 'True' }),
    ].map(premises('DomainContentConfig', computer)),
  )
  org(
    'Get-HybridConfiguration',
    objectsOf('hcw-2019/hybrid-configuration.txt', (t) => t.replaceAll('{EX01}', '{EX01, EX02}')).map(
      premises('HybridConfiguration', computer),
    ),
  )
  org('Get-TransportConfig', [
    premises('TransportConfigContainer', computer)({ ...transportConfig, ...directory('Transport Settings') }),
  ])
  org('Get-OrganizationConfig', [
    premises('ADOrganizationConfig', computer)({ ...organization, ...directory('Contoso') }),
  ])
  org('Get-EdgeSubscription', [])
  org('Get-AuthConfig', [premises('AuthConfig', computer)({ ...authConfig, ...directory('Auth Configuration') })])
  org('Get-TransportRule', [])
  for (const name of ['EX01', 'EX02']) addServer(run, name)
  return run.zip()
}

function edge() {
  const name = 'EDGE01'
  const run = collected('edge', name, '2026-11-21T09:30:00Z')
  const computer = 'EDGE01.contoso.local' // the name that its certificate bears
  const connectors = objectsOf('pristine-edge/EDGE01/receive-connectors.txt', (t) =>
    t.replaceAll('EDGE01.contoso.com', computer),
  )
  const [server] = objectsOf('hcw-2019/servers.txt', (t) => t.replaceAll('EX01', name))
  const role = {
    ServerRole: 'Edge',
    CurrentServerRole: 'Edge',
    IsEdgeServer: 'True',
    IsMailboxServer: 'False',
    IsHubTransportServer: 'False',
    IsFrontendTransportServer: 'False',
    IsClientAccessServer: 'False',
    Site: '',
  }
  const add = (cmdlet, objects, command = cmdlet) => run.add(`${name}/${cmdlet}.xml`, command, name, objects)
  add(
    'Get-ExchangeServer',
    [premises('Microsoft.Exchange.Data.Directory.Management.ExchangeServer', computer)({ ...server, ...role })],
    `Get-ExchangeServer -Identity ${name}`,
  )
  add('Get-ReceiveConnector', connectors.map(premises('ReceiveConnector', computer)))
  add('Get-ADPermission', connectors.flatMap(permissionsOf), 'Get-ReceiveConnector | Get-ADPermission')
  add('Get-SendConnector', [])
  addCertificates(run, name, 'Get-ExchangeCertificate', name, [certificateOf(name, name, ['SMTP'], 'None')])
  add('Get-AcceptedDomain', objectsOf('hcw-2019/accepted-domains.txt').map(premises('AcceptedDomain', computer)))
  add('Get-RemoteDomain', [premises('DomainContentConfig', computer)({ ...remoteDomain, ...directory('Default') })])
  add('Get-TransportConfig', [
    premises('TransportConfigContainer', computer)({ ...transportConfig, ...directory('Transport Settings') }),
  ])
  add(
    'Get-TransportService',
    [premises('TransportServer', computer)(transportService(name, 'Edge'))],
    `Get-TransportService -Identity ${name}`,
  )
  add('Get-EdgeSubscription', [])
  return run.zip()
}

function exchangeOnline() {
  const run = collected('exchange-online', 'ADMIN-PC', '2026-11-21T10:00:00Z')
  const add = (file, objects, command = file) => run.add(`exchange-online/${file}.xml`, command, null, objects)
  const domain = (name, type, more) =>
    cloud('AcceptedDomain')({
      DomainName: name,
      DomainType: type,
      MatchSubDomains: 'False',
      Default: 'False',
      InitialDomain: 'False',
      IsCoexistenceDomain: 'False',
      ...online(name),
      ...more,
    })
  add('Get-InboundConnector', objectsOf('hcw-2019/online/inbound-connectors.txt').map(cloud('TenantInboundConnector')))
  add(
    'Get-OutboundConnector',
    objectsOf('hcw-2019/online/outbound-connectors.txt').map(cloud('TenantOutboundConnector')),
  )
  add('Get-OutboundConnector-TestMode', [], 'Get-OutboundConnector -IncludeTestModeConnectors $true')
  add('Get-OutboundConnector-RuleScoped', [], 'Get-OutboundConnector -IsTransportRuleScoped $true')
  add('Get-AcceptedDomain', [
    domain('contoso.com', 'Authoritative', { Default: 'True' }),
    domain('contoso.onmicrosoft.com', 'Authoritative', { InitialDomain: 'True' }),
    domain('contoso.mail.onmicrosoft.com', 'Authoritative', { IsCoexistenceDomain: 'True' }),
  ])
  add('Get-RemoteDomain', [cloud('DomainContentConfig')({ ...remoteDomain, ...online('Default') })])
  add('Get-TransportConfig', [
    cloud('TransportConfigContainer')({ ...transportConfig, ...online('Transport Settings') }),
  ])
  add('Get-OrganizationConfig', [
    cloud('OrganizationConfig')({ ...organization, RejectDirectSend: 'False', ...online('contoso.onmicrosoft.com') }),
  ])
  add('Get-OnPremisesOrganization', [
    cloud('OnPremisesOrganization')({
      HybridDomains: '{contoso.com}',
      InboundConnector: 'Inbound from 6c8f2a14-5b7d-4e93-8f01-2d3c4b5a6978',
      OutboundConnector: 'Outbound to 6c8f2a14-5b7d-4e93-8f01-2d3c4b5a6978',
      OrganizationName: 'Contoso',
      ...online('6c8f2a14-5b7d-4e93-8f01-2d3c4b5a6978'),
    }),
  ])
  add('Get-BlockedConnector', [])
  add('Get-HostedOutboundSpamFilterPolicy', [
    cloud('HostedOutboundSpamFilterPolicy')({
      AutoForwardingMode: 'Automatic',
      RecipientLimitExternalPerHour: '0',
      ActionWhenThresholdReached: 'BlockUserForToday',
      ...online('Default'),
    }),
  ])
  add('Get-TransportRule', [])
  return run.zip()
}

const outputs = {
  'collected-on-premises/Postern-on-premises-20261121-100000.zip': onPremises(),
  'collected-pseudonyms/Postern-on-premises-20261121-110000.zip': onPremises(hidden),
  'collected-edge/Postern-edge-20261121-103000.zip': edge(),
  'collected-exchange-online/Postern-exchange-online-20261121-110000.zip': exchangeOnline(),
}
const stale = Object.entries(outputs).filter(([file, bytes]) => {
  const at = path.join(fixtures, file)
  return !existsSync(at) || !readFileSync(at).equals(Buffer.from(bytes))
})
if (process.argv.includes('--manifests')) console.log(JSON.stringify(manifests))
else if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is stale: run \`node scripts/collected-fixtures.mjs\``)
  process.exitCode = stale.length ? 1 : 0
} else {
  for (const [file, bytes] of stale) {
    mkdirSync(path.dirname(path.join(fixtures, file)), { recursive: true })
    writeFileSync(path.join(fixtures, file), bytes)
  }
  console.log(`${stale.length} files written`)
}
