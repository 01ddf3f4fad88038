import { describe, expect, it } from 'vitest'
import { known } from '../model'
import { configFrom, readFrom } from '../testing/config-from'
import { printList } from '../testing/print-list'

const relay =
  'Identity         : EX01\\Relay\nBindings         : {0.0.0.0:25}\nRemoteIPRanges   : {10.0.0.1}\nPermissionGroups : AnonymousUsers\n'

describe('identity', () => {
  it.each([
    ['Identity : EX01\\Relay\nBindings : {}\nRemoteIPRanges : {}', 'EX01\\Relay', 'EX01'],
    ['Name     : Relay\nServer   : EX01\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {}', 'EX01\\Relay', 'EX01'],
    ['Name     : Relay\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {}', '?\\Relay', null],
    [
      'DistinguishedName : CN=Relay,CN=SMTP Receive Connectors,CN=Protocols,CN=EX01,CN=Servers,DC=contoso\nBindings          : {}\nRemoteIPRanges    : {}',
      'EX01\\Relay',
      'EX01',
    ],
    [
      '[PS] C:\\>Get-ReceiveConnector "EX01\\Relay" | fl Bindings,PermissionGroups\n\nBindings         : {0.0.0.0:25}\nPermissionGroups : None\n',
      'EX01\\Relay',
      'EX01',
    ],
    [
      '[PS] C:\\>Get-ReceiveConnector -Server ex01.contoso.com | fl Name,Bindings\n\nName     : Relay\nBindings : {0.0.0.0:25}\n',
      'EX01\\Relay',
      'EX01',
    ],
  ])('%#', (text, id, server) =>
    expect(configFrom(text).receiveConnectors).toMatchObject([{ id, server, name: 'Relay' }]))

  it('of a row of an access list', () => {
    const { adPermissions, exports } = configFrom(
      printList([
        [
          ['Identity', 'EX01\\Relay'],
          ['User', 'NT-AUTORITÄT\\ANONYMOUS-ANMELDUNG'],
          ['Deny', 'False'],
          ['ExtendedRights', '{ms-Exch-SMTP-Accept-Any-Recipient}'],
          ['IsInherited', 'False'],
        ],
        [
          ['Identity', 'EX01\\Relay'],
          ['User', 'NT-AUTORITÄT\\ANONYMOUS-ANMELDUNG'],
          ['Deny', 'False'],
          ['ExtendedRights', '{ms-Exch-SMTP-Submit}'],
          ['IsInherited', 'False'],
        ],
      ]),
    )
    expect(adPermissions).toMatchObject([
      { id: 'EX01\\Relay|S-1-5-7', connector: 'EX01\\Relay', sid: 'S-1-5-7' },
      { sid: 'S-1-5-7' },
    ])
    expect(adPermissions[0] && known(adPermissions[0].extendedRights)).toEqual(['ms-exch-smtp-accept-any-recipient'])
    expect(adPermissions[0] && known(adPermissions[0].deny)).toBe(false)
    expect(exports).toMatchObject([{ collection: 'adPermissions', connectors: ['EX01\\Relay'], listing: 'unknown' }])
  })

  it('knows whose access list is whole: rows that a command filtered prove what they show, nothing else', () => {
    const row = 'User : CONTOSO\\svc\nIdentity : EX01\\Relay\nDeny : False\nExtendedRights : {ms-Exch-SMTP-Submit}\n'
    const connectors = (rest: string) =>
      configFrom(`[PS] C:\\>Get-ReceiveConnector "EX01\\Relay" | Get-ADPermission ${rest}\n\n${row}`).exports[0]
        ?.connectors
    expect(connectors('| fl')).toEqual(['EX01\\Relay'])
    expect(connectors('| where {$_.User -like "*svc*"} | fl')).toBeUndefined()
  })

  it('survives names that objects of JavaScript have', () => {
    const [c] = configFrom(`${relay}__proto__        : x\nconstructor      : y\n`).receiveConnectors
    expect(Object.keys(c?.properties ?? {})).toEqual(['Identity', 'Bindings', 'RemoteIPRanges', 'PermissionGroups'])
    expect(Object.getPrototypeOf(c?.properties)).toBe(Object.prototype)
  })
})

const certificate = (thumbprint: string, more = '') =>
  `Thumbprint : ${thumbprint}\nSubject    : CN=mail.contoso.com\nServices   : SMTP\nNotAfter   : 25.04.2027 14:41:09\n${more}`
const thumb = 'A'.repeat(40)

describe('server of certificates', () => {
  const connectors = { 'a.txt': relay }
  it.each([
    ['certificates-EX01.txt', certificate(thumb), 'EX01'],
    ['ex01/certificates.txt', certificate(thumb), 'EX01'],
    ['zip.zip!/EX01_certs.txt', certificate(thumb), 'EX01'],
    ['certificates.txt', `[PS] C:\\>Get-ExchangeCertificate -Server ex01 | fl\n\n${certificate(thumb)}`, 'EX01'],
    ['certificates.txt', `[ex01.contoso.com]: PS C:\\>Get-ExchangeCertificate | fl\n\n${certificate(thumb)}`, 'EX01'],
    ['certificates.txt', certificate(thumb, `Identity   : EX01.contoso.com\\${thumb}\n`), 'EX01'],
    ['certificates-EX09.txt', certificate(thumb), null],
    ['certificates.txt', certificate(thumb), null],
  ])('%s %#', (name, text, server) => {
    const { config, notices } = readFrom({ ...connectors, [name]: text })
    expect(config.certificates).toMatchObject([{ id: `${server ?? '?'}\\${thumb}`, server, thumbprint: thumb }])
    expect(notices.map((n) => n.code)).toEqual(server === null ? ['server-unknown'] : [])
  })

  it('one certificate on two servers stays two', () => {
    const { certificates } = configFrom({
      ...connectors,
      'b.txt': relay.replace('EX01', 'EX02'),
      'c-ex01.txt': certificate(thumb),
      'c-ex02.txt': certificate(thumb),
    })
    expect(certificates.map((c) => c.id)).toEqual([`EX01\\${thumb}`, `EX02\\${thumb}`])
  })
})

describe('merging', () => {
  it('does not make one of two that name no server', () => {
    const text = printList(
      ['10.0.0.1', '10.0.0.2'].map((ip) => [
        ['Name', 'Relay'],
        ['Bindings', '{0.0.0.0:25}'],
        ['RemoteIPRanges', `{${ip}}`],
      ]),
    )
    expect(configFrom(text).receiveConnectors.map((c) => c.id)).toEqual(['?\\Relay', '?\\Relay'])
  })

  it('takes the richer reading of each property, without a word where nothing contradicts', () => {
    const cut =
      'Identity       : ex01\\relay\nRemoteIPRanges : {10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4...}\nBindings       : {0.0.0.0:25}\nFqdn           : mail.contoso.com\n'
    const whole =
      'Identity       : EX01\\Relay\nRemoteIPRanges : {10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5}\nBindings       : {0.0.0.0:25}\nEnabled        : True\nComment        :\n'
    const { config, notices } = readFrom({ 'a.txt': cut, 'b.txt': whole })
    const [c] = config.receiveConnectors
    expect(config.receiveConnectors).toHaveLength(1)
    expect(c?.remoteIPRanges).toMatchObject({ state: 'ok', place: { source: 's2', lines: [2, 2] } })
    expect(c && [known(c.fqdn), known(c.enabled)]).toEqual(['mail.contoso.com', true])
    expect(notices.map((n) => n.code)).toEqual(['list-truncated'])
  })

  it('reports what contradicts, with both places', () => {
    const { config, notices } = readFrom({ 'a.txt': relay, 'b.txt': relay.replace('AnonymousUsers', 'ExchangeUsers') })
    expect(config.receiveConnectors).toHaveLength(1)
    expect(notices).toMatchObject([
      {
        code: 'contradiction',
        property: 'PermissionGroups',
        object: 'EX01\\Relay',
        params: { first: 'AnonymousUsers', firstPlace: 'a.txt:4', second: 'ExchangeUsers', secondPlace: 'b.txt:4' },
      },
    ])
  })

  it('does not merge what lives on two sides', () => {
    const domain = (org: string) =>
      printList([
        [
          ['Name', 'contoso.com'],
          ['DomainName', 'contoso.com'],
          ['DomainType', 'Authoritative'],
          ['DistinguishedName', org],
        ],
      ])
    const { acceptedDomains } = configFrom({
      'a.txt': domain('CN=contoso.com,CN=Configuration,DC=contoso,DC=com'),
      'b.txt': domain('CN=contoso.com,DC=EURPR05A001,DC=PROD,DC=OUTLOOK,DC=COM'),
    })
    expect(acceptedDomains.map((d) => d.side)).toEqual(['on-premises', 'exchange-online'])
  })
})

describe('sides', () => {
  it('knows an Edge by the connector only it has', () => {
    const edge =
      'Identity         : EDGE01\\Default internal receive connector EDGE01\nBindings         : {0.0.0.0:25}\nRemoteIPRanges   : {0.0.0.0-255.255.255.255}\n'
    const { receiveConnectors, certificates, exports } = configFrom({
      'a.txt': relay,
      'edge01.txt': `${edge}\n`,
      'edge01-certs.txt': certificate(thumb),
    })
    expect(receiveConnectors.map((c) => c.side)).toEqual(['on-premises', 'edge'])
    expect(certificates).toMatchObject([{ side: 'edge', server: 'EDGE01' }])
    expect(exports.map((b) => [b.side, b.server])).toEqual([
      ['on-premises', 'EX01'],
      ['edge', 'EDGE01'],
      ['edge', 'EDGE01'],
    ])
  })

  it('knows Exchange Online by its cmdlets', () => {
    const text =
      'Name           : Inbound from x\nSenderDomains  : {smtp:*;1}\nTreatMessagesAsInternal : False\nRequireTls     : True\n'
    expect(configFrom(text).inboundConnectors).toMatchObject([{ side: 'exchange-online', id: 'Inbound from x' }])
  })
})

it('reads ranges, bindings, capabilities and names into their types', () => {
  const text = printList([
    [
      ['Identity', 'EX01\\Default Frontend EX01'],
      ['Bindings', '{[::]:25, 0.0.0.0:25}'],
      ['RemoteIPRanges', '{::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 0.0.0.0-255.255.255.255}'],
      ['TlsDomainCapabilities', '{mail.protection.outlook.com:AcceptCloudServicesMail}'],
      ['TlsCertificateName', ''],
      ['RequireTLS', 'False'],
    ],
  ])
  const [c] = configFrom(text).receiveConnectors
  expect(c?.tlsCertificateName.state).toBe('null')
  expect(c?.properties.TlsCertificateName?.state).toBe('empty')
  expect(c && known(c.remoteIPRanges)?.map((r) => r.family)).toEqual([6, 4])
  expect(c && known(c.tlsDomainCapabilities)).toMatchObject([
    { domain: 'mail.protection.outlook.com', capabilities: ['AcceptCloudServicesMail'] },
  ])
  expect(c?.transportRole).toEqual({ state: 'missing', name: 'TransportRole' })
})

it('marks ranges it cannot read and says so', () => {
  const { config, notices } = readFrom(relay.replace('10.0.0.1', '10.0.0.300'))
  expect(config.receiveConnectors[0]?.remoteIPRanges.state).toBe('unusable')
  expect(notices).toMatchObject([
    { code: 'value-unusable', property: 'RemoteIPRanges', line: 3, object: 'EX01\\Relay' },
  ])
})

it('drops secrets with a notice', () => {
  const { config, notices } = readFrom(
    'Identity                 : To X\nAddressSpaces            : {SMTP:*;1}\nSourceTransportServers   : {EX01}\nAuthenticationCredential : System.Management.Automation.PSCredential\n',
  )
  expect(Object.keys(config.sendConnectors[0]?.properties ?? {})).not.toContain('AuthenticationCredential')
  expect(notices).toMatchObject([{ code: 'personal-data-ignored', property: 'AuthenticationCredential', line: 4 }])
})
