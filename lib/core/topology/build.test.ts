import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../report/schema'
import {
  certificate,
  configOf,
  cut,
  exported,
  hybridConfiguration,
  hybridSend,
  inbound,
  outbound,
  receive,
  relayRight,
  send,
  server,
  smallOrganisation,
} from '../testing/small-organisation'
import { buildTopology } from './build'
import { topologySchema } from './schema'

const build = (parts: Parameters<typeof configOf>[0], answers = {}, findings: Finding[] = []) =>
  buildTopology(configOf(parts), findings, answers)
const lines = (parts: Parameters<typeof configOf>[0], answers = {}) =>
  build(parts, answers).lines.map(
    (line) => `${line.id} ${line.protection}${line.unproven ? ' unproven' : ''}${line.bypass ? ' past' : ''}`,
  )

describe('lines in', () => {
  it('lets the Internet reach a Default Frontend past the gateway', () => {
    expect(lines({ receiveConnectors: [receive()] })).toEqual(['internet~servers offered past'])
  })
  it('says that nothing encrypts without Tls, and that RequireTLS does always', () => {
    expect(lines({ receiveConnectors: [receive({ auth: [] })] })).toEqual(['internet~servers none past'])
    expect(lines({ receiveConnectors: [receive({ requireTLS: true })] })).toEqual(['internet~servers required past'])
  })
  it('shows Exchange Online beside the Internet where a capability names it', () => {
    const connector = receive({ capability: 'mail.protection.outlook.com' })
    expect(lines({ receiveConnectors: [connector] })).toEqual(['cloud~servers mutual', 'internet~servers offered past'])
  })
  it('takes addresses of Exchange Online for Exchange Online', () => {
    const connector = receive({ name: 'From EXO', ranges: ['40.92.0.0/15', '104.47.0.0/17'] })
    expect(lines({ receiveConnectors: [connector] })).toEqual(['cloud~servers offered'])
  })
  it('does not draw doors between servers', () => {
    const own = receive({ name: 'Outbound Proxy Frontend EX01', port: 717, groups: ['ExchangeServers'] })
    const hub = receive({
      name: 'Default EX01',
      port: 2525,
      role: 'HubTransport',
      groups: ['ExchangeUsers', 'ExchangeServers'],
    })
    const topology = build({ receiveConnectors: [own, hub] })
    expect(topology.lines).toEqual([])
    expect(topology.cards.map((card) => [card.id, card.internalDoors])).toEqual([['servers', 2]])
  })
  it('calls whoever must log in a client', () => {
    const connector = receive({ name: 'Client Frontend EX01', port: 587, groups: ['ExchangeUsers'] })
    expect(lines({ receiveConnectors: [connector] })).toEqual(['clients~servers offered'])
  })
  it('joins a relay of the same name on two servers, and marks trust by address alone', () => {
    const relay = (name: string) =>
      receive({
        server: name,
        name: `Relay ${name}`,
        ranges: ['10.0.0.0/24'],
        auth: ['ExternalAuthoritative'],
        groups: ['ExchangeServers'],
      })
    const topology = build({ receiveConnectors: [relay('EX01'), relay('EX02')] })
    expect(topology.lines.map((line) => [line.id, line.doors.length, line.unproven, line.bypass])).toEqual([
      ['app-relay~servers', 2, true, false],
    ])
    expect(topology.cards.find((card) => card.id === 'app-relay')?.certainty).toBe('certain')
  })
  it('is sure of a gateway only by the smart host or by what a person says', () => {
    const connector = receive({ name: 'From spam filter', ranges: ['203.0.113.10'] })
    const certainty = (answers = {}, sends: ReturnType<typeof send>[] = []) =>
      build({ receiveConnectors: [connector], sendConnectors: sends }, answers).cards.find(
        (card) => card.lane === 'gateways',
      )
    expect(certainty()).toMatchObject({ id: 'gateway-from-spam-filter', certainty: 'likely' })
    expect(certainty({ 'tag:203.0.113.10': 'gateway' })).toMatchObject({
      id: 'gateway-203.0.113.10',
      certainty: 'certain',
    })
    expect(certainty({}, [send({ hosts: ['[203.0.113.10]'] })])).toMatchObject({
      id: 'gateway-203.0.113.10',
      certainty: 'certain',
    })
  })
  it('keeps ranges of different peers of one connector apart', () => {
    const connector = receive({ name: 'Branch', ranges: ['10.0.0.5', '198.51.100.7'] })
    expect(lines({ receiveConnectors: [connector] })).toEqual([
      'app-branch~servers offered',
      'partner-branch~servers offered past',
    ])
  })
  it('takes a relay with public addresses for a program, and says that it comes in from outside', () => {
    const connector = receive({ name: 'Relay Hoster', ranges: ['198.51.100.7'] })
    expect(lines({ receiveConnectors: [connector] })).toEqual(['outside-app-relay-hoster~servers offered past'])
  })
  it('calls the way to an Edge past the gateway only where a gateway hands mail to that Edge', () => {
    const edge = receive({ server: 'EDGE01', side: 'edge', name: 'Default internal receive connector EDGE01' })
    const gateway = (name: string) =>
      receive({
        server: name,
        side: name === 'EX01' ? 'on-premises' : 'edge',
        name: 'From gateway',
        ranges: ['203.0.113.1'],
      })
    const past = (name: string) =>
      build({ receiveConnectors: [edge, gateway(name)] }).lines.find((line) => line.id === 'internet~edge-edge01')
        ?.bypass
    expect([past('EX01'), past('EDGE01')]).toEqual([false, true])
  })
  it('does not guess who may use a connector whose ranges were not exported', () => {
    const topology = build({ receiveConnectors: [receive({ ranges: 'missing' })] })
    expect(topology.lines.map((line) => line.id)).toEqual(['unknown~servers'])
    expect(topology.cards.find((card) => card.id === 'unknown')?.uploaded).toBe(false)
  })
  it('says that a cut list goes on', () => {
    const whole = receive({ name: 'Relay', ranges: ['10.0.0.5'] })
    const connector = {
      ...whole,
      remoteIPRanges: cut('RemoteIPRanges', 'value' in whole.remoteIPRanges ? whole.remoteIPRanges.value : []),
    }
    expect(build({ receiveConnectors: [connector] }).lines[0]?.doors[0]?.who.more).toBe(true)
  })
  it('marks a relay that only the access list shows', () => {
    const relay = receive({ name: 'Scan', ranges: ['10.0.0.5'] })
    const topology = build({ receiveConnectors: [relay], adPermissions: [relayRight('EX01\\Scan')] })
    expect(topology.lines[0]).toMatchObject({ unproven: true, doors: [{ trust: 'relay' }] })
    expect(build({ receiveConnectors: [relay], adPermissions: [relayRight('EX02\\Scan')] }).lines[0]?.unproven).toBe(
      false,
    )
  })
  it('leaves out what is disabled', () => {
    expect(
      lines({ receiveConnectors: [receive({ enabled: false })], sendConnectors: [send({ enabled: false })] }),
    ).toEqual([])
  })
})

describe('lines out', () => {
  it.each([
    [{}, 'servers~internet offered'],
    [{ ignoreSTARTTLS: true }, 'servers~internet none'],
    [{ requireTLS: true }, 'servers~internet unknown'],
    [{ requireTLS: true, level: 'EncryptionOnly' }, 'servers~internet required'],
    [{ requireTLS: true, level: 'CertificateValidation' }, 'servers~internet checked'],
    [{ hosts: ['smart.contoso.com'] }, 'servers~gateway-smart.contoso.com offered'],
    [{ spaces: ['fabrikam.com'] }, 'servers~partner-fabrikam.com offered'],
    [{ spaces: ['sap.contoso.com'], hosts: ['10.1.1.1'] }, 'servers~app-sap.contoso.com offered'],
    [{ hosts: ['contoso-com.mail.protection.outlook.com'] }, 'servers~cloud offered'],
  ])('%j', (options, expected) => {
    expect(lines({ sendConnectors: [send(options)] })).toEqual([expected])
  })
  it('sees both ends proven on the hybrid connector', () => {
    const topology = build({
      sendConnectors: [hybridSend()],
      certificates: [certificate('EX01', 'A1', 'CN=mail.contoso.com')],
    })
    expect(topology.lines[0]).toMatchObject({ id: 'servers~cloud', protection: 'mutual', certificates: ['EX01\\A1'] })
    expect(topology.cards.find((card) => card.id === 'cloud')).toMatchObject({
      uploaded: false,
      addresses: ['contoso.mail.onmicrosoft.com'],
    })
  })
  it('shows a host that stands between the organisation and its tenant', () => {
    const connector = send({ spaces: ['contoso.mail.onmicrosoft.com'], hosts: ['10.0.0.9'] })
    expect(lines({ sendConnectors: [connector] })).toEqual(['servers~gateway-10.0.0.9 offered'])
  })
  it('does not draw a line to a server that was removed', () => {
    const topology = build({
      servers: [server('EX01', 'Munich')],
      sendConnectors: [send({ sources: ['contoso.com/DEL:1f0c', 'EX01'] })],
    })
    expect(topology.cards.map((card) => card.id)).toEqual(['internet', 'site-munich'])
  })
})

describe('places', () => {
  it('knows an Edge that only others name, and says that nothing was uploaded for it', () => {
    const topology = build({ hybridConfigurations: [hybridConfiguration({ edges: ['EDGE02'] })] })
    expect(topology.cards.find((card) => card.id === 'edge-edge02')).toMatchObject({
      lane: 'edge',
      uploaded: false,
      notUploaded: ['EDGE02'],
    })
    expect(topology.lines.map((line) => `${line.id} ${line.protection}`)).toEqual([
      'cloud~edge-edge02 unknown',
      'edge-edge02~cloud unknown',
    ])
  })
  it('takes servers of unknown site for one card', () => {
    const topology = build({
      servers: [server('EX01', 'Munich'), server('EX02')],
      receiveConnectors: [receive(), receive({ server: 'EX02' })],
    })
    expect(topology.cards.map((card) => card.id)).toEqual(['internet', 'servers', 'site-munich'])
  })
  it('draws both ways between an Edge and its site', () => {
    const found = lines({
      servers: [server('EX01', 'Munich')],
      sendConnectors: [
        send({ name: 'EdgeSync - Inbound to Munich', spaces: ['--'], hosts: ['--'], sources: ['EDGE01'] }),
        send({ name: 'EdgeSync - Munich to Internet', sources: ['EDGE01'] }),
      ],
    })
    expect(found).toEqual([
      'edge-edge01~internet offered',
      'edge-edge01~site-munich mutual',
      'site-munich~edge-edge01 mutual',
    ])
  })
  it('has a card of its own where the source servers are unknown and there are several sites', () => {
    const topology = build({
      servers: [server('EX01', 'Munich'), server('EX02', 'Hamburg')],
      sendConnectors: [send({ sources: [] })],
    })
    expect(topology.lines.map((line) => line.id)).toEqual(['servers~internet'])
  })
})

describe('Exchange Online', () => {
  const exports = [exported('inboundConnectors', 'exchange-online')]
  it('joins its connectors with the lines of the servers', () => {
    const topology = build({
      exports,
      receiveConnectors: [receive({ capability: 'mail.protection.outlook.com' })],
      sendConnectors: [hybridSend()],
      inboundConnectors: [
        inbound('Inbound from 1', 'OnPremises', { RequireTls: true, TlsSenderCertificateName: '*.contoso.com' }),
      ],
      outboundConnectors: [
        outbound('Outbound to 1', 'OnPremises', ['contoso.com'], ['mail.contoso.com'], {
          TlsSettings: 'DomainValidation',
        }),
      ],
    })
    expect(topology.lines.map((line) => `${line.id} ${line.protection} ${line.doors.length}`)).toEqual([
      'cloud~servers mutual 2',
      'internet~servers offered 1',
      'servers~cloud mutual 2',
    ])
    expect(topology.cards.find((card) => card.id === 'cloud')?.uploaded).toBe(true)
  })
  it('shows partners of the tenant, and mail that it sends through a gateway', () => {
    const found = lines({
      exports,
      inboundConnectors: [inbound('Fabrikam', 'Partner', { RequireTls: false })],
      outboundConnectors: [outbound('Gateway', 'Partner', ['*'], ['198.51.100.9'])],
    })
    expect(found).toEqual(['cloud~gateway-198.51.100.9 unknown', 'partner-fabrikam~cloud offered past'])
  })
  it('draws the MX only where a person told it', () => {
    expect(lines({ sendConnectors: [hybridSend()] }, { mx: 'exchange-online' })).toEqual([
      'internet~cloud unknown past',
      'servers~cloud mutual',
    ])
  })
})

const finding = (
  id: string,
  severity: Finding['severity'],
  object: Finding['objects'][number],
  absorbedBy: string | null = null,
): Finding => ({
  ...{
    id,
    rule: id,
    severity,
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internet',
    question: 1,
    objects: [object],
  },
  ...{
    title: { en: '', de: '' },
    message: { en: '', de: '' },
    conditions: [],
    couldRaise: [],
    absorbs: [],
    absorbedBy,
    fix: null,
  },
  evidence: [{ source: 's1', lines: [1, 1], property: 'Name', text: '' }],
})

describe('findings', () => {
  it('stand on the line of their connector and on the card of its server, the worst first, without absorbed ones', () => {
    const id = 'EX01\\Default Frontend EX01'
    const findings = [
      finding('a', 'low', { kind: 'receiveConnector', id, server: 'EX01' }),
      finding('b', 'critical', { kind: 'receiveConnector', id, server: 'EX01' }),
      finding('c', 'critical', { kind: 'receiveConnector', id, server: 'EX01' }, 'b'),
    ]
    const topology = build({ receiveConnectors: [receive()] }, {}, findings)
    expect(topology.lines[0]).toMatchObject({ findings: ['a', 'b'], worst: 'critical' })
    expect(topology.cards.find((card) => card.id === 'servers')).toMatchObject({
      findings: ['a', 'b'],
      worst: 'critical',
    })
  })
})

describe('groups', () => {
  it('turn more than six partners into one card that keeps every connector', () => {
    const partners = Array.from({ length: 7 }, (_, i) => send({ name: `To ${i}`, spaces: [`p${i}.example`] }))
    const topology = build({ sendConnectors: partners })
    expect(topology.cards.map((card) => card.id)).toEqual(['partners', 'servers'])
    expect(topology.lines).toHaveLength(1)
    expect(topology.lines[0]?.doors).toHaveLength(7)
  })
  it('never need more than 46 cards', () => {
    const many = Array.from({ length: 40 }, (_, i) => i)
    const topology = build({
      servers: many.map((i) => server(`EX${i}`, `Site ${i}`)),
      receiveConnectors: many.flatMap((i) => [
        receive({ server: `EX${i}` }),
        receive({ server: `EX${i}`, name: `App ${i}`, ranges: [`10.0.${i}.1`] }),
        receive({ server: `EX${i}`, name: `Client ${i}`, groups: ['ExchangeUsers'], port: 587 }),
        receive({ server: `EX${i}`, name: `Gateway ${i} mx`, ranges: [`203.0.113.${i}`] }),
        receive({ server: `EX${i}`, name: `Partner ${i}`, ranges: [`198.51.100.${i}`] }),
        receive({ server: `EX${i}`, name: `Lost ${i}`, ranges: 'missing' }),
      ]),
      sendConnectors: [send({ name: 'EdgeSync - x to Internet', sources: many.map((i) => `EDGE${i}`) }), hybridSend()],
    })
    expect(topology.cards.length).toBeLessThanOrEqual(46)
  })
})

describe('the whole', () => {
  it('passes its own schema and survives JSON', () => {
    const topology = buildTopology(smallOrganisation(), [], {})
    expect(topologySchema.parse(JSON.parse(JSON.stringify(topology)))).toEqual(topology)
  })
  it('does not depend on the order of the objects', () => {
    const small = smallOrganisation()
    const spelled = ['Fax', 'fax', 'FAX'].map((name, i) => receive({ server: `EX0${i}`, name, ranges: ['10.9.0.1'] }))
    const config = { ...small, receiveConnectors: [...small.receiveConnectors, ...spelled] }
    const expected = buildTopology(config, [], {})
    const shuffle = fc.tuple(
      fc.shuffledSubarray([...config.receiveConnectors], { minLength: config.receiveConnectors.length }),
      fc.shuffledSubarray([...config.sendConnectors], { minLength: config.sendConnectors.length }),
      fc.shuffledSubarray([...config.servers], { minLength: config.servers.length }),
    )
    fc.assert(
      fc.property(shuffle, ([receiveConnectors, sendConnectors, servers]) => {
        expect(buildTopology({ ...config, receiveConnectors, sendConnectors, servers }, [], {})).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })
})
