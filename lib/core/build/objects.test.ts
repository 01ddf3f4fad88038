import { describe, expect, it } from 'vitest'
import { buildConfig } from '../build'
import type { Config, Diagnostic, RawBlock } from '../model'
import { known } from '../model'
import { readingOf } from '../reading'
import { type RawValues, rawBlock } from '../testing/raw-block'

type Files = Readonly<Record<string, readonly RawBlock[]>>
function build(files: Files, answers: Readonly<Record<string, string>> = {}) {
  const notices: (Diagnostic & { source: string })[] = []
  const sources = Object.entries(files).map(([name, blocks], i) => ({ id: `s${i + 1}`, name, blocks }))
  const { config } = buildConfig(sources, (source, d) => notices.push({ ...d, source }), readingOf(answers))
  return { config, notices }
}

const connector = (more: RawValues, block: Partial<RawBlock> = {}) =>
  rawBlock(
    'receiveConnectors',
    [{ Identity: 'EX01\\Relay', Bindings: ['0.0.0.0:25'], RemoteIPRanges: ['10.0.0.1'], ...more }],
    block,
  )
const row = (more: RawValues, block: Partial<RawBlock> = {}) =>
  rawBlock(
    'adPermissions',
    [{ Identity: 'EX01\\Relay', User: 'S-1-5-7', Deny: 'False', ExtendedRights: ['ms-Exch-SMTP-Submit'], ...more }],
    block,
  )

describe('one object out of several exports', () => {
  const ids = (files: Files) => build(files).config.receiveConnectors.map((c) => c.id)

  it.each([
    ['case', 'EX01\\Relay', 'ex01\\RELAY'],
    ['forms of accents', 'EX01\\Au\u00dfen f\u00fcr M\u00fcnchen', 'EX01\\Au\u00dfen fu\u0308r Mu\u0308nchen'],
    ['kinds of blanks', 'EX01\\Relay A', 'EX01\\Relay\u00a0A'],
    ['full names of servers', 'EX01\\Relay', 'ex01.contoso.com\\Relay'],
  ])('whatever the %s', (_, a, b) =>
    expect(ids({ 'a.txt': [connector({ Identity: a })], 'b.xml': [connector({ Identity: b })] })).toHaveLength(1))

  it('under a name that was written as ASCII, where one other can be meant', () => {
    const csv = connector({ Identity: 'EX01\\B?ro', Fqdn: 'mail.contoso.com' }, { format: 'csv' })
    const { receiveConnectors } = build({ 'a.csv': [csv], 'b.txt': [connector({ Identity: 'EX01\\Büro' })] }).config
    expect(receiveConnectors).toMatchObject([{ id: 'EX01\\Büro', name: 'Büro' }])
    expect(receiveConnectors[0] && known(receiveConnectors[0].fqdn)).toBe('mail.contoso.com')
    expect(
      ids({ 'a.csv': [csv], 'b.txt': [connector({ Identity: 'EX01\\Büro' }), connector({ Identity: 'EX01\\Bäro' })] }),
    ).toHaveLength(3)
    expect(ids({ 'a.csv': [csv], 'b.txt': [connector({ Identity: 'EX01\\Baro' })] })).toHaveLength(2)
    const twice = connector({ Identity: 'EX01\\B?r?' }, { format: 'csv' })
    expect(ids({ 'a.csv': [twice], 'b.txt': [connector({ Identity: 'EX01\\Büro' })] })).toHaveLength(2)
    const list = connector({ Identity: 'EX01\\B?ro' })
    expect(ids({ 'a.txt': [list], 'b.txt': [connector({ Identity: 'EX01\\Büro' })] })).toHaveLength(2)
    const rows = row({ Identity: 'EX01\\B?ro' }, { format: 'csv' })
    expect(
      build({ 'a.csv': [rows], 'b.txt': [connector({ Identity: 'EX01\\Büro' })] }).config.adPermissions,
    ).toMatchObject([{ id: 'EX01\\Büro|S-1-5-7', connector: 'EX01\\Büro' }])
  })

  it('an account that two languages name contradicts nothing', () => {
    const rows = { 'a.txt': [row({})], 'b.txt': [row({ User: 'NT-AUTORITÄT\\ANONYMOUS-ANMELDUNG' })] }
    const { config, notices } = build(rows)
    expect([config.adPermissions.map((r) => r.id), notices]).toEqual([['EX01\\Relay|S-1-5-7'], []])
  })

  it('what is no value of its type is none in the inventory', () => {
    const { config, notices } = build({ 'a.txt': [connector({ RemoteIPRanges: ['10.0.0.1', 'banana'] })] })
    const [found] = config.receiveConnectors
    expect([found?.remoteIPRanges.state, found?.properties.RemoteIPRanges?.state]).toEqual(['unusable', 'unusable'])
    expect(notices).toMatchObject([{ code: 'value-unusable', property: 'RemoteIPRanges', object: 'EX01\\Relay' }])
  })

  it('never by a name that a column cut', () => {
    const cut = (text: string) =>
      rawBlock(
        'receiveConnectors',
        [{ Identity: { text, truncated: true }, Bindings: ['0.0.0.0:2525'], Enabled: 'False' }],
        { completeness: 'table' },
      )
    const whole = [connector({ Identity: 'EX01\\Relay Scanner' }), connector({ Identity: 'EX01\\Relay Printer' })]
    const two = build({ 'a.txt': [cut('EX01\\Relay...')], 'b.txt': whole }).config.receiveConnectors
    expect(two.map((c) => [c.id, c.server])).toEqual([
      ['EX01\\Relay...', 'EX01'],
      ['EX01\\Relay Scanner', 'EX01'],
      ['EX01\\Relay Printer', 'EX01'],
    ])
    const one = build({ 'a.txt': [cut('EX01\\Relay Sc…')], 'b.txt': whole }).config.receiveConnectors
    expect(one.map((c) => c.id)).toEqual(['EX01\\Relay Scanner', 'EX01\\Relay Printer'])
    expect(one[0]?.enabled.state).toBe('missing')
    const shortName = connector({
      Name: { text: 'Relay Sc...', truncated: true },
      Identity: 'EX01\\Relay Scanner',
      Fqdn: 'x',
    })
    expect(ids({ 'a.txt': [shortName], 'b.txt': whole })).toEqual(['EX01\\Relay Scanner', 'EX01\\Relay Printer'])
    const shortId = connector({ Name: 'Relay Scanner', Identity: { text: 'EX01\\Relay Sc...', truncated: true } })
    expect(ids({ 'a.txt': [shortId], 'b.txt': whole })).toEqual(['EX01\\Relay Scanner', 'EX01\\Relay Printer'])
    const account = row({ User: { text: 'NT AUTHORITY\\ANONYMOUS LO...', truncated: true } })
    const rows = build({ 'a.txt': [account], 'b.txt': [row({})] }).config.adPermissions
    expect(rows.map((r) => [r.id, r.sid])).toEqual([
      ['EX01\\Relay|NT AUTHORITY\\ANONYMOUS LO...', null],
      ['EX01\\Relay|S-1-5-7', 'S-1-5-7'],
    ])
    const equal = build({ 'a.txt': [cut('EX01\\Relay...')], 'b.txt': [cut('EX01\\Relay...')] }).config.receiveConnectors
    expect(equal).toHaveLength(2)
  })

  it.each([
    ['2026-11-20T10:00:00', '2026-11-21T10:00:00', 'new', 'b.txt'],
    ['2026-11-21T10:00:00', '2026-11-20T10:00:00', 'old', 'a.txt'],
    ['2026-11-21T10:00:00Z', '2026-11-21T11:00:00', 'old', 'a.txt'],
    ['2026-11-20T10:00:00Z', '2026-11-21T11:00:00', 'new', 'b.txt'],
    [undefined, '2026-11-21T11:00:00', 'old', 'a.txt'],
  ])('takes the newer of two whole values: %s and %s', (first, second, fqdn, used) => {
    const at = (takenAt: string | undefined) => (takenAt === undefined ? {} : { takenAt })
    const { config, notices } = build({
      'a.txt': [connector({ Fqdn: 'old' }, at(first))],
      'b.txt': [connector({ Fqdn: 'new' }, at(second))],
    })
    expect(config.receiveConnectors[0] && known(config.receiveConnectors[0].fqdn)).toBe(fqdn)
    expect(notices).toMatchObject([
      { code: 'contradiction', property: 'Fqdn', object: 'EX01\\Relay', params: { used: `${used}:4` } },
    ])
  })

  it('says so where a cut list shows what a whole one does not have', () => {
    const cut = connector({ RemoteIPRanges: { text: '{10.0.0.9, 10.0.0.1...}', truncated: true } })
    const { config, notices } = build({ 'a.txt': [cut], 'b.txt': [connector({})] })
    expect(config.receiveConnectors[0]?.remoteIPRanges.state).toBe('ok')
    expect(notices).toMatchObject([{ code: 'contradiction', property: 'RemoteIPRanges', source: 's1' }])
    const part = connector({ RemoteIPRanges: { text: '{10.0.0.1...}', truncated: true } })
    expect(build({ 'a.txt': [part], 'b.txt': [connector({})] }).notices).toEqual([])
    expect(build({ 'a.txt': [connector({})], 'b.txt': [cut] }).notices).toMatchObject([{ code: 'contradiction' }])
    const table = rawBlock('receiveConnectors', [{ Identity: 'EX01\\Relay', RemoteIPRanges: ['10.0.0.1'] }], {
      completeness: 'table',
    })
    const fuller = build({ 'a.txt': [cut], 'b.txt': [table] })
    expect(fuller.config.receiveConnectors[0]?.remoteIPRanges).toMatchObject({ state: 'ok', place: { source: 's2' } })
    expect(fuller.notices).toMatchObject([{ code: 'contradiction', params: { used: 'b.txt:2' } }])
  })
})

describe('side', () => {
  const domain = (more: RawValues, block: Partial<RawBlock> = {}) =>
    rawBlock(
      'acceptedDomains',
      [{ Name: 'contoso.com', DomainName: 'contoso.com', DomainType: 'Authoritative', ...more }],
      block,
    )
  const cloudDn =
    'CN=contoso.com,CN=Accepted Domains,CN=Configuration,CN=contoso.onmicrosoft.com,DC=EURPR05A001,DC=PROD,DC=OUTLOOK,DC=COM'
  const sides = (files: Files) => build(files).config.acceptedDomains.map((d) => d.side)

  it.each([
    ['a directory path of the cloud', domain({ DistinguishedName: cloudDn }), 'exchange-online'],
    [
      'a directory path of the own forest',
      domain({ DistinguishedName: 'CN=contoso.com,CN=Accepted Domains,DC=contoso,DC=com' }),
      'on-premises',
    ],
    [
      'the organisation',
      domain({
        OrganizationId: 'EURPR05A001.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/contoso.onmicrosoft.com',
      }),
      'exchange-online',
    ],
    ['China', domain({ OriginatingServer: 'BJXPR01A001DC01.CHNPR01A001.PROD.PARTNER.OUTLOOK.CN' }), 'exchange-online'],
    ['a column that only the service has', domain({ SendingFromDomainDisabled: 'False' }), 'exchange-online'],
    ['the same column without a value', domain({ SendingFromDomainDisabled: '' }), 'unknown'],
    ['what the block says', domain({}, { side: 'exchange-online' }), 'exchange-online'],
    ['nothing', domain({}), 'unknown'],
  ])('by %s', (_, block, side) => expect(sides({ 'a.txt': [block] })).toEqual([side]))

  it.each([
    ['exo/accepted.txt', 'exchange-online'],
    ['Exchange Online.zip!/accepted.txt', 'exchange-online'],
    ['accepted_M365.txt', 'exchange-online'],
    ['on-premises/accepted.txt', 'on-premises'],
    ['exo-and-onprem/accepted.txt', 'unknown'],
    ['exotic.txt', 'unknown'],
  ])('by the path %s', (name, side) => expect(sides({ [name]: [domain({})] })).toEqual([side]))

  it('by what else is in the file', () => {
    const inbound = rawBlock('inboundConnectors', [{ Name: 'Inbound', SenderDomains: ['smtp:*;1'] }])
    expect(sides({ 'a.txt': [domain({}), inbound] })).toEqual(['exchange-online'])
    expect(sides({ 'a.txt': [domain({}), inbound, connector({})] })).toEqual(['unknown'])
  })

  it('keeps kinds that only a server has out of the cloud', () => {
    const send = rawBlock('sendConnectors', [{ Name: 'Out', AddressSpaces: ['SMTP:*;1'] }], { side: 'exchange-online' })
    const { config } = build({ 'a.json': [domain({}, { side: 'exchange-online' }), send] })
    expect(config.sendConnectors.map((c) => c.side)).toEqual(['on-premises'])
    expect(config.acceptedDomains.map((d) => d.side)).toEqual(['exchange-online'])
  })

  it('does not make one object of two sides, nor of one side and nobody knows which', () => {
    const cloud = { 'cloud.txt': [domain({ DistinguishedName: cloudDn })] }
    const own = { 'own.txt': [domain({ DistinguishedName: 'CN=contoso.com,DC=contoso,DC=com' })] }
    const open = { 'x.txt': [domain({})] }
    expect(sides({ ...cloud, ...own })).toEqual(['exchange-online', 'on-premises'])
    expect(sides({ ...cloud, ...own, ...open })).toEqual(['exchange-online', 'on-premises', 'unknown'])
    expect(sides({ ...own, ...open })).toEqual(['on-premises'])
  })
})

describe('outbound connectors in their three exports', () => {
  const outbound = (name: string, more: RawValues, command: string | null) =>
    rawBlock('outboundConnectors', [{ Name: name, RecipientDomains: ['*'], ...more }], { command, listing: 'all' })
  const parts = (config: Config) => config.exports.map((b) => b.part)
  it('form one collection, and each says what it covers', () => {
    const { config, notices } = build({
      'a.txt': [
        outbound('Plain', {}, 'Get-OutboundConnector | fl'),
        outbound('Test', {}, 'Get-OutboundConnector -IncludeTestModeConnectors $true | fl'),
        outbound('Rule', {}, 'Get-OutboundConnector -IsTransportRuleScoped:$true | fl'),
        outbound('Off', {}, 'Get-OutboundConnector -IsTransportRuleScoped $false'),
      ],
    })
    expect(config.outboundConnectors.map((c) => c.id)).toEqual(['Plain', 'Test', 'Rule', 'Off'])
    expect(parts(config)).toEqual(['plain', 'test-mode', 'rule-scoped', 'plain'])
    expect(notices).toEqual([])
  })
  it.each([
    [{ TestMode: 'True', IsTransportRuleScoped: 'False' }, 'test-mode'],
    [{ TestMode: 'False', IsTransportRuleScoped: 'True' }, 'rule-scoped'],
    [{ TestMode: 'False', IsTransportRuleScoped: 'False' }, 'plain'],
    [{ TestMode: 'False' }, undefined],
    [{ IsTransportRuleScoped: 'False' }, undefined],
  ])('without a command by what all objects say: %j', (more, part) =>
    expect(parts(build({ 'a.csv': [outbound('x', more, null)] }).config)).toEqual([part]))
})

describe('access lists', () => {
  const rows = (files: Files) => build(files).config.adPermissions
  it.each([
    ['EX01\\Relay'],
    ['ex01.contoso.com\\Relay'],
    ['CN=Relay,CN=SMTP Receive Connectors,CN=Protocols,CN=EX01,CN=Servers,DC=contoso'],
    [
      'contoso.com/Configuration/Services/Microsoft Exchange/Contoso/Administrative Groups/Exchange Administrative Group (FYDIBOHF23SPDLT)/Servers/EX01/Protocols/SMTP Receive Connectors/Relay',
    ],
  ])('of %s', (Identity) =>
    expect(rows({ 'a.txt': [row({ Identity })] })).toMatchObject([
      { id: 'EX01\\Relay|S-1-5-7', connector: 'EX01\\Relay', server: 'EX01' },
    ]))

  it('with a comma in the name of the connector', () =>
    expect(
      rows({
        'a.txt': [
          row({ Identity: 'CN=Relay\\, old,CN=SMTP Receive Connectors,CN=Protocols,CN=EX01,CN=Servers,DC=contoso' }),
        ],
      })[0]?.connector,
    ).toBe('EX01\\Relay, old'))

  it('of several connectors in one output stay apart, and equal rows of two exports are one', () => {
    const block = rawBlock('adPermissions', [
      { Identity: 'EX01\\A', User: 'S-1-5-7', Deny: 'False', ExtendedRights: '{ms-Exch-SMTP-Submit}' },
      { Identity: 'EX01\\B', User: 'S-1-5-7', Deny: 'False', ExtendedRights: 'ms-Exch-SMTP-Submit' },
    ])
    expect(rows({ 'a.txt': [block] }).map((r) => [r.id, known(r.extendedRights)])).toEqual([
      ['EX01\\A|S-1-5-7', ['ms-exch-smtp-submit']],
      ['EX01\\B|S-1-5-7', ['ms-exch-smtp-submit']],
    ])
    const json = rawBlock('adPermissions', [
      {
        Identity: 'ex01\\a',
        User: 'NT AUTHORITY\\ANONYMOUS LOGON',
        Deny: 'False',
        ExtendedRights: ['ms-Exch-SMTP-Submit'],
      },
    ])
    expect(rows({ 'a.txt': [block], 'b.json': [json] })).toHaveLength(2)
  })

  it('takes the SID that the collection script found for an account', () =>
    expect(rows({ 'a.xml': [row({ User: 'CONTOSO\\Drucker', UserSid: 'S-1-5-21-1-2-3-1104' })] })).toMatchObject([
      { id: 'EX01\\Relay|S-1-5-21-1-2-3-1104', user: 'CONTOSO\\Drucker', sid: 'S-1-5-21-1-2-3-1104' },
    ]))

  it('leaves out rows of the default table, which has no rights, where others show them', () => {
    const table = rawBlock(
      'adPermissions',
      [{ Identity: 'EX01\\Relay', User: 'NT AUTHORITY\\ANONYMOUS LOGON', Deny: 'False', Inherited: 'False' }],
      { completeness: 'table' },
    )
    expect(rows({ 'a.txt': [table], 'b.txt': [row({})] })).toHaveLength(1)
    expect(rows({ 'a.txt': [table] })).toHaveLength(1)
  })

  it('reads the masks of rights', () =>
    expect(
      rows({ 'a.json': [row({ AccessRights: ['256'], ExtendedRights: null })] })[0]?.properties.AccessRights,
    ).toMatchObject({ value: ['ExtendedRight'] }))
})

describe('a server that the file does not name', () => {
  const nameless = rawBlock('receiveConnectors', [
    { Name: 'Relay', Bindings: ['0.0.0.0:25'] },
    { Name: 'Scan', Bindings: ['0.0.0.0:25'] },
  ])
  const others = { 'z.txt': [connector({}), connector({ Identity: 'EX02\\Relay' })] }
  it('is asked for, with the servers to choose between', () => {
    const { config, notices } = build({ 'a.txt': [nameless], ...others })
    expect(config.receiveConnectors.map((c) => c.id)).toEqual(['?\\Relay', '?\\Scan', 'EX01\\Relay', 'EX02\\Relay'])
    expect(notices).toMatchObject([
      {
        code: 'server-unknown',
        level: 'warning',
        source: 's1',
        line: 1,
        params: { cmdlet: 'Get-ReceiveConnector', count: 2, servers: 'EX01, EX02' },
      },
    ])
  })

  it('is settled by an answer, for everything in the file', () => {
    const files = {
      'a.txt': [
        nameless,
        rawBlock('certificates', [{ Thumbprint: 'A'.repeat(40), Services: 'SMTP' }]),
        row({ Identity: 'Scan' }),
      ],
      ...others,
    }
    const { config, notices } = build(files, { 'server:a.txt': 'ex02.contoso.com' })
    expect(config.receiveConnectors.map((c) => c.id).sort()).toEqual(['EX01\\Relay', 'EX02\\Relay', 'EX02\\Scan'])
    expect(config.certificates.map((c) => c.id)).toEqual([`EX02\\${'A'.repeat(40)}`])
    expect(config.adPermissions.map((r) => r.connector)).toEqual(['EX02\\Scan'])
    expect(notices.map((n) => n.code)).not.toContain('server-unknown')
    expect(
      build(files)
        .notices.filter((n) => n.code === 'server-unknown')
        .map((n) => n.params?.cmdlet),
    ).toEqual(['Get-ReceiveConnector', 'Get-ExchangeCertificate', 'Get-ADPermission'])
  })

  it('is the one that the path names, unless the output lists several', () => {
    const ids = (block: RawBlock) =>
      build({ 'EX02/receive.txt': [block], ...others }).config.receiveConnectors.map((c) => c.id)
    expect(ids(nameless)).toContain('EX02\\Scan')
    expect(ids(rawBlock('receiveConnectors', [{ Name: 'Scan' }, { Name: 'Scan' }]))).toContain('?\\Scan')
    expect(
      ids(
        rawBlock('receiveConnectors', [
          { Name: 'Scan' },
          { Name: 'Default Frontend EX01' },
          { Name: 'Default Frontend EX02' },
        ]),
      ),
    ).toContain('?\\Scan')
  })
})

describe('commands of scripts', () => {
  it('are kept apart with ids of their own and without merging', () => {
    const intended = (values: RawValues) =>
      rawBlock('receiveConnectors', [values], {
        format: 'command-text',
        intended: true,
        completeness: 'projection',
        command: 'Set-ReceiveConnector "EX01\\Relay"',
      })
    const { config, notices } = build({
      'b.ps1': [intended({ Name: 'Nowhere' })],
      'a.ps1': [
        intended({ Identity: 'EX01\\Relay', Fqdn: 'a' }),
        intended({ Identity: 'EX01\\Relay', Fqdn: 'b' }),
        intended({ Name: 'New', Server: 'EX02' }),
      ],
      'b.txt': [connector({})],
    })
    expect(config.intended.map((o) => [o.id, o.server])).toEqual([
      ['?\\Nowhere', null],
      ['EX01\\Relay', 'EX01'],
      ['EX01\\Relay', 'EX01'],
      ['EX02\\New', 'EX02'],
    ])
    expect(config.receiveConnectors.map((c) => [c.id, c.fqdn.state])).toEqual([['EX01\\Relay', 'missing']])
    expect(config.exports).toHaveLength(1)
    expect(notices).toEqual([])
  })
})

it('names the object of a value that cannot be read', () => {
  const block = rawBlock('sendConnectors', [
    { Name: 'To X', AddressSpaces: ['*'], TlsAuthLevel: '3', RequireTLS: 'Wahr', MaxMessageSize: 'System.Object[]' },
  ])
  expect(build({ 'a.txt': [block] }).notices.map((n) => [n.code, n.object, n.property])).toEqual([
    ['unknown-value', 'To X', 'TlsAuthLevel'],
    ['unknown-value', 'To X', 'RequireTLS'],
    ['value-unusable', 'To X', 'MaxMessageSize'],
  ])
})

it('names the object of a property that it has twice', () => {
  const block = rawBlock('sendConnectors', [
    { Name: 'To X', Fqdn: 'a.contoso.com', fqdn: 'b.contoso.com', AddressSpaces: ['*'], SmartHosts: [] },
  ])
  expect(build({ 'a.txt': [block] }).notices).toMatchObject([
    { code: 'contradiction', object: 'To X', property: 'Fqdn' },
  ])
})

it('spells a server as Get-ExchangeServer does, else as most objects do', () => {
  const of = (names: readonly string[], more: readonly RawBlock[] = []) =>
    build({ 'a.txt': [...names.map((Identity) => connector({ Identity })), ...more] }).config.receiveConnectors[0]
      ?.server
  expect(of(['ex01\\A', 'EX01\\B', 'EX01\\C'])).toBe('EX01')
  expect(of(['ex01\\A', 'ex01\\B', 'EX01\\C'])).toBe('ex01')
  const servers = rawBlock('servers', [{ Name: 'Ex01', ServerRole: 'Mailbox' }])
  expect(of(['ex01\\A', 'ex01\\B', 'EX01\\C'], [servers])).toBe('Ex01')
})

it('marks an output in which a value that rules may ask for was cut or lost, and no other', () => {
  const gaps = (values: RawValues) => {
    const source = { id: 's1', name: 'a.txt', blocks: [connector(values)] }
    return buildConfig([source], () => undefined).blocks.get('s1')?.[0]?.hasGaps
  }
  expect(gaps({ Fqdn: '', Comment: null, TlsDomainCapabilities: '{}' })).toBe(false)
  expect(gaps({ Mystery: 'System.Object[]' })).toBe(false)
  expect(gaps({ TlsDomainCapabilities: 'System.Object[]' })).toBe(true)
  expect(gaps({ Fqdn: { text: 'mail.cont', truncated: true } })).toBe(true)
})
