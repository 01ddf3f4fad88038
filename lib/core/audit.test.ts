import { describe, expect, it } from 'vitest'
import { runAudit } from './audit'
import { inspect, openSource } from './inspect'
import { defaultLimits } from './limits'
import { known } from './model'
import { readSource } from './read-source'
import { type Report, reportSchema } from './report/schema'
import type { AuditFile } from './source'
import { openSources } from './sources'
import { receiveConnector, receiveExport } from './testing/exports-text'
import { makeZip } from './testing/make-zip'
import { printClixml } from './testing/print-clixml'
import { type Listed, printList } from './testing/print-list'

const now = new Date('2026-11-21T12:00:00Z')
const utf8 = (s: string) => new TextEncoder().encode(s)
const relay = (name = 'Relay'): string =>
  printList([
    [
      ['Identity', `EX01\\${name}`],
      ['Bindings', '{0.0.0.0:25}'],
      ['RemoteIPRanges', '{10.0.0.1}'],
      ['PermissionGroups', 'AnonymousUsers'],
      ['Comment', "=cmd|'/c calc'!A1"],
    ],
  ])
const file = (name: string, content: string | Uint8Array) => ({
  name,
  bytes: typeof content === 'string' ? utf8(content) : content,
})
const run = (...files: AuditFile[]) => runAudit(files, { now })
const rows = (r: Report) => r.sources.map((s) => [s.id, s.name, s.status, s.notices.map((n) => n.code).join()])

const transcriptOf = (start: string, output: string) =>
  `**********************\nWindows PowerShell transcript start\nStart time: ${start}\nMachine: EX01 (Windows)\n**********************\n[PS] C:\\>Get-ReceiveConnector | fl\n${output}`

describe('runAudit', () => {
  it('gives each kind of bad input its notice and reads the rest', () => {
    const domain = (name: string) => ({
      type: 'x.AcceptedDomain',
      properties: { DomainName: name, DomainType: 'Authoritative', Name: name },
    })
    const clixml = printClixml([domain('contoso.com'), domain('fabrikam.com')])
    const { report, config } = run(
      file('good.txt', relay('<script>alert(1)</script>')),
      file('cut.xml', clixml.slice(0, -20)),
      file('cut-early.xml', clixml.slice(0, 300)),
      file('doctype.xml', `<!DOCTYPE x [<!ENTITY a "b">]>${clixml}`),
      file('empty.txt', ''),
      file('empty.xml', printClixml([])),
      file('blank.txt', '\r\n \r\n'),
      file('list.txt', 'Milk\nEggs\n'),
      file(
        'bomb.zip',
        makeZip([
          { name: 'x.txt', content: new Uint8Array(5_000_000) },
          { name: 'ok.txt', content: relay('Packed') },
        ]),
      ),
      file('up.zip', makeZip([{ name: '../x.txt', content: relay() }])),
      { ...file('huge.txt', ''), size: 300 * 1024 ** 2 },
    )
    expect(rows(report)).toEqual([
      ['s1', 'blank.txt', 'empty', ''],
      ['s2', 'bomb.zip', 'parsed', ''],
      ['s3', 'bomb.zip!/ok.txt', 'parsed', ''],
      ['s4', 'bomb.zip!/x.txt', 'refused', 'archive-refused'],
      ['s5', 'cut-early.xml', 'partial', 'source-cut'],
      ['s6', 'cut.xml', 'partial', 'source-cut'],
      ['s7', 'doctype.xml', 'refused', 'xml-refused'],
      ['s8', 'empty.txt', 'empty', ''],
      ['s9', 'empty.xml', 'empty', ''],
      ['s10', 'good.txt', 'parsed', ''],
      ['s11', 'huge.txt', 'refused', 'too-large'],
      ['s12', 'list.txt', 'unknown-format', 'not-recognised'],
      ['s13', 'up.zip', 'parsed', ''],
      ['s14', 'up.zip!/../x.txt', 'refused', 'archive-refused'],
    ])
    expect(report.sources[11]).toMatchObject({ firstLine: 'Milk' })
    expect(config.receiveConnectors.map((c) => c.name)).toEqual(['Packed', '<script>alert(1)</script>'])
    expect(known(config.acceptedDomains[0]?.domainName ?? { state: 'missing', name: '' })).toBe('contoso.com')
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
  })

  it('does not fetch a file that is too large', () => {
    let fetched = 0
    const bytes = () => {
      fetched++
      return new Uint8Array()
    }
    runAudit([{ name: 'huge.txt', bytes, size: 300 * 1024 ** 2 }], { now })
    expect(fetched).toBe(0)
  })

  it('has the exact lines of the upload as evidence', () => {
    const text = relay()
    const { report } = run(file('a.txt', text.replaceAll('\n', '\r\n')))
    for (const f of report.findings)
      for (const e of f.evidence)
        expect(e.text).toBe(
          text
            .split('\n')
            .slice(e.lines[0] - 1, e.lines[1])
            .join('\n'),
        )
  })

  it('judges by the day asked for, else by the transcript, else by now', () => {
    const transcript = (start: string) => transcriptOf(start, relay())
    const day = (text: string, asOf?: Date) => {
      const { report } = runAudit([file('a.txt', text)], asOf ? { now, asOf } : { now })
      return [report.asOf, report.asOfSource]
    }
    expect(day(transcript('20260901093000'))).toEqual(['2026-09-01T09:30:00Z', 'exports'])
    expect(day(transcript('20260901093000'), new Date('2026-01-02T00:00:00Z'))).toEqual([
      '2026-01-02T00:00:00Z',
      'option',
    ])
    expect(day(transcript('20990901093000'))).toEqual(['2026-11-21T12:00:00Z', 'now'])
    // Local time may be ahead of UTC, the day of the audit is not.
    expect(day(transcript('20261121190000'))).toEqual(['2026-11-21T12:00:00Z', 'exports'])
    expect(day(relay())).toEqual(['2026-11-21T12:00:00Z', 'now'])
  })

  it('judges by the newest time that is not in the future: of transcripts, manifests and logs', () => {
    const at = (start: string) => transcriptOf(start, relay())
    const { report } = run(
      file('a.txt', at('20260901093000')),
      file('b.txt', at('20261003080000')),
      file('c.txt', at('20990101000000')),
    )
    expect([report.asOf, report.asOfSource]).toEqual(['2026-10-03T08:00:00Z', 'exports'])
    const log = [
      '#Software: Microsoft Exchange Server',
      '#Log-type: SMTP Receive Protocol Log',
      '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
      '2026-10-05T16:00:05.000Z,EX01\\Default Frontend EX01,08DD115CB9D4C88C,0,10.0.0.5:25,10.0.0.9:4242,+,,',
    ].join('\n')
    const withLog = run(file('a.txt', at('20260901093000')), file('recv.log', log)).report
    expect(withLog.asOf).toBe('2026-10-05T16:00:05Z')
  })

  it('counts what it does not show of a source, and shows what matters most', () => {
    const row = (n: number) =>
      `Identity         : EX01\\Relay ${n}\nBindings         : {0.0.0.0:25}\nRemoteIPRanges   : {10.0.0.1}\nRequireTLS       : Wahr\nPermissionGroups : None\n`
    const { report } = run(file('a.txt', Array.from({ length: 250 }, (_, n) => row(n)).join('\n')))
    const notices = report.sources[0]?.notices ?? []
    expect(notices).toHaveLength(201)
    expect(notices.at(-1)).toMatchObject({ code: 'more-notices', level: 'info', params: { count: 50 } })
    expect(notices.slice(0, 200).every((n) => n.code === 'unknown-value' && n.object !== undefined)).toBe(true)
  })

  it('says of each output what it covers, and whether values in it were cut', () => {
    const cut = relay().replace(/^(RemoteIPRanges\s*: ).*$/m, '$1{10.0.0.1, 10.0.0.2...}')
    const outbound = (more: string) =>
      `[PS] C:\\>Get-OutboundConnector ${more}| fl\n\nName             : x\nRecipientDomains : {*}\nTlsSettings      :\n`
    const { report } = run(
      file('a.txt', relay('A')),
      file('b.txt', cut),
      file('c.txt', outbound('')),
      file('d.txt', outbound('-IncludeTestModeConnectors $true ')),
    )
    expect(report.sources.flatMap((s) => s.blocks.map((b) => [b.gaps, b.part]))).toEqual([
      [undefined, undefined],
      [true, undefined],
      [undefined, 'plain'],
      [undefined, 'test-mode'],
    ])
  })

  it('does not depend on the order of the files', () => {
    const files = [file('b.txt', relay('B')), file('a.txt', relay('A')), file('c.txt', 'x')]
    expect(run(...files).report).toEqual(run(...[...files].reverse()).report)
  })

  it('counts its progress by what there is', () => {
    const seen: string[] = []
    runAudit([file('a.txt', relay()), file('b.txt', relay())], {
      now,
      onProgress: (p) => seen.push(`${p.phase} ${p.done}/${p.total} ${p.detail ?? ''}`),
    })
    expect(seen.slice(0, 2)).toEqual(['reading 0/2 a.txt', 'reading 1/2 b.txt'])
  })

  it('does without any file', () => expect(run().report.sources).toEqual([]))
})

it('a crash of a format stays with its file', () => {
  const broken = {
    id: 'csv' as const,
    extent: 'document' as const,
    detect: () => 1,
    parse: () => {
      throw new Error('bug')
    },
  }
  const [source] = openSources([file('a.txt', 'x')], defaultLimits)
  expect(source && readSource(source, undefined, [broken])).toMatchObject({
    status: 'failed',
    notices: [{ code: 'source-failed' }],
  })
})

describe('one upload', () => {
  const zip = file(
    'a.zip',
    makeZip([
      { name: 'x.txt', content: relay() },
      { name: '../y.txt', content: 'x' },
    ]),
  )

  it('is inspected with its members', () => {
    expect(
      inspect(zip, defaultLimits).map((s) => [s.name, s.status, s.blocks.map((b) => b.collection).join()]),
    ).toEqual([
      ['a.zip', 'parsed', ''],
      ['a.zip!/../y.txt', 'refused', ''],
      ['a.zip!/x.txt', 'parsed', 'receiveConnectors'],
    ])
  })

  it('is opened as text, by name', () => {
    expect(openSource(zip, 'a.zip!/x.txt', defaultLimits)).toEqual({ text: relay(), encoding: 'utf-8' })
    for (const name of ['a.zip', 'a.zip!/../y.txt', 'other']) expect(openSource(zip, name, defaultLimits)).toBeNull()
  })
})

describe('the same organisation in two formats', () => {
  const properties = {
    receive: [
      ['AuthMechanism', 'Tls, ExchangeServer'],
      ['Banner', ''],
      ['Bindings', ['0.0.0.0:25', '[::]:25']],
      ['Comment', 'relay for printers'],
      ['Enabled', true],
      ['Fqdn', 'ex01.contoso.com'],
      ['Identity', 'EX01\\Default Frontend EX01'],
      ['MaxMessageSize', '36 MB (37,748,736 bytes)'],
      ['Name', 'Default Frontend EX01'],
      ['PermissionGroups', 'AnonymousUsers, ExchangeServers'],
      [
        'RemoteIPRanges',
        ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '0.0.0.0-255.255.255.255', '10.0.0.0/8', '10.1.2.3'],
      ],
      ['Server', 'EX01'],
      ['TarpitInterval', '00:00:05'],
      ['TlsCertificateName', '<I>CN=Example CA, O="Example, Inc.", C=US<S>CN=mail.contoso.com'],
      ['TlsDomainCapabilities', ['mail.protection.outlook.com:AcceptCloudServicesMail']],
      ['TransportRole', 'FrontendTransport'],
    ],
    send: [
      ['AddressSpaces', ['smtp:contoso.mail.onmicrosoft.com;1']],
      ['CloudServicesMailEnabled', true],
      ['DNSRoutingEnabled', true],
      ['Enabled', true],
      ['Identity', 'Outbound to Office 365'],
      ['Name', 'Outbound to Office 365'],
      ['RequireTLS', true],
      ['SmartHosts', []],
      ['SourceTransportServers', ['EX01', 'EX02']],
      ['TlsAuthLevel', 'DomainValidation'],
      ['TlsDomain', 'mail.protection.outlook.com'],
    ],
    domain: [
      ['Default', true],
      ['DomainName', 'contoso.com'],
      ['DomainType', 'InternalRelay'],
      ['Name', 'Contoso'],
    ],
    hybrid: [
      ['Domains', ['contoso.com', 'autod:contoso.com']],
      ['Features', ['FreeBusy', 'SecureMail']],
      ['Name', 'Hybrid Configuration'],
      ['ReceivingTransportServers', ['EX01']],
      ['SendingTransportServers', ['EX01']],
    ],
  } as const
  type Plain = readonly (readonly [string, string | boolean | readonly string[]])[]
  const asList = (o: Plain): Listed =>
    o.map(([n, v]) => [
      n,
      typeof v === 'boolean' ? (v ? 'True' : 'False') : typeof v === 'string' ? v : `{${v.join(', ')}}`,
    ])
  const asClixml = (type: string, o: Plain) => ({
    type: `Microsoft.Exchange.Data.${type}`,
    properties: Object.fromEntries(o.map(([n, v]) => [n, typeof v === 'object' ? { list: v } : v])),
  })

  it('is the same model', () => {
    const all = Object.values(properties)
    const list = run(...all.map((o, i) => file(`${i}.txt`, printList([asList(o)], { width: 119 }))))
    const types = ['ReceiveConnector', 'SmtpSendConnectorConfig', 'AcceptedDomain', 'HybridConfiguration']
    const clixml = run(...all.map((o, i) => file(`${i}.xml`, printClixml([asClixml(types[i] ?? '', o)]))))
    const valuesOf = (r: Report) =>
      Object.fromEntries(
        Object.entries(r.inventory).map(([k, os]) => [
          k,
          os.map((o) => [o.id, o.server, o.side, Object.entries(o.properties).map(([n, p]) => [n, p.state, p.value])]),
        ]),
      )
    expect(valuesOf(clixml.report)).toEqual(valuesOf(list.report))
    expect(list.config.receiveConnectors[0]?.tlsDomainCapabilities).toMatchObject({ state: 'ok' })
    expect(Object.values(valuesOf(list.report)).flat()).toHaveLength(4)
  })
})

it('finds an export behind long output of something else', () => {
  const report = run(file('late.txt', `${'Notes of a maintenance night.\n'.repeat(40_000)}\n${relay()}`)).report
  expect(report.inventory.receiveConnectors.map((c) => c.id)).toEqual(['EX01\\Relay'])
})

it('calls an archive without members empty', () => {
  expect(rows(run(file('none.zip', makeZip([]))).report)).toEqual([['s1', 'none.zip', 'empty', '']])
})

it('keeps its lines in a file of several megabytes that the host hands over as a Buffer', () => {
  const connector = (n: number) =>
    [
      `Identity         : EX01\\Relay ${n}`,
      'Bindings         : {0.0.0.0:25}',
      'RemoteIPRanges   : {10.0.0.1}',
      'PermissionGroups : None',
      `Comment          : ${'asked for by accounting; '.repeat(24)}`,
    ].join('\r\n')
  const count = 2_000
  const bytes = Buffer.from(Array.from({ length: count }, (_, n) => connector(n)).join('\r\n\r\n'))
  const { report } = run({ name: 'many.txt', bytes: () => bytes })
  const connectors = report.inventory.receiveConnectors
  expect([connectors.length, report.sources[0]?.notices]).toEqual([count, []])
  expect(connectors.find((c) => c.id === `EX01\\Relay ${count - 1}`)?.properties.PermissionGroups?.lines).toEqual([
    11_998, 11_998,
  ])
})

describe('what a change does', () => {
  const bytes = new TextEncoder().encode(
    receiveExport(
      receiveConnector(
        { RemoteIPRanges: '{10.0.0.9}', PermissionGroups: 'ExchangeServers', AuthMechanism: 'ExternalAuthoritative' },
        'EX01',
        'Relay',
      ),
    ),
  )
  const changes = (effects?: 'all' | 'if-small') =>
    runAudit([{ name: 'relay.txt', bytes }], { now, ...(effects ? { effects } : {}) }).report.findings.map(
      (f) => f.change?.state,
    )
  it('is worked out where it was asked for', () => {
    expect(changes()).toContain(undefined)
    expect(changes('all')).not.toContain(undefined)
    expect(changes('if-small')).toEqual(changes('all'))
  })
})
