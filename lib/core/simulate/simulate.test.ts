import { describe, expect, it } from 'vitest'
import { acceptedDomain, accessRow, configOf, receiveConnector } from '../testing/objects'
import { choicesOf, tenantDomain } from './choices'
import { examplesOf } from './examples'
import { parseForm } from './form'
import { answerOf, assumedOf, missingOf, simulate } from './simulate'

// Connectors of the transport service: no second leg that would have to be there as well.
const role = 'HubTransport'
const relay = receiveConnector({ name: 'Relay', ranges: ['10.20.0.0/16'], role })
const host = receiveConnector({ name: 'Scanner', ranges: ['10.20.4.9'], role })
const front = receiveConnector({ name: 'Default Frontend EX01', role })
const other = receiveConnector({ name: 'Default Frontend EX02', server: 'EX02', role })
const config = configOf({
  receiveConnectors: [front, relay, host, other],
  adPermissions: [accessRow(relay), accessRow(host, { sid: 'S-1-5-32' }), accessRow(front, { sid: 'S-1-5-32' })],
  acceptedDomains: [acceptedDomain('contoso.com'), acceptedDomain('contoso.onmicrosoft.com')],
})
const world = { config, asOf: new Date('2026-11-22'), answers: {} }
const ask = (params: Record<string, string>) => simulate(world, parseForm(params))

describe('the simulator', () => {
  it('offers what the audit has', () => {
    expect(choicesOf(config)).toMatchObject({
      servers: [
        { name: 'EX01', isEdge: false },
        { name: 'EX02', isEdge: false },
      ],
      ports: [25],
      domains: ['contoso.com', 'contoso.onmicrosoft.com'],
    })
    expect(tenantDomain(config)).toBe('contoso.onmicrosoft.com')
  })

  it('says nothing without a question, and what is wrong with a bad one', () => {
    expect(ask({})).toMatchObject({ trace: null, problems: [] })
    expect(ask({ from: '10.0.0.300', to: 'EX01' })).toMatchObject({ trace: null, problems: [{ field: 'from' }] })
  })

  it('answers for a whole range where one connector takes all of it', () => {
    const { span, trace } = ask({ from: '10.20.8.0/24', to: 'EX01', rcpt: 'example.net' })
    expect(span).toEqual({ range: '10.20.8.0/24', isWhole: true, differs: [], more: 0 })
    expect(trace?.disposition).toBe('relayed')
  })

  it('asks Exchange Online by one address, and says where another connector answers it', () => {
    const cloud = receiveConnector({ name: 'Cloud', ranges: ['40.92.0.0/15'], role })
    const parts = configOf({ receiveConnectors: [front, cloud], acceptedDomains: [acceptedDomain('contoso.com')] })
    const form = parseForm({ cert: 'exchange-online', to: 'EX01', rcpt: 'contoso.com' })
    const { span, trace } = simulate({ ...world, config: parts }, form)
    expect(span).toMatchObject({ range: null, isWhole: false })
    expect(span?.differs.map((p) => p.connector)).toEqual(['EX01\\Default Frontend EX01'])
    expect(assumedOf(form, trace?.question ?? { port: 25, tls: 'none', auth: 'none' })).toEqual([
      ...['address', 'tenant', 'tls', 'sender', 'size'],
    ])
    const one = configOf({ receiveConnectors: [front] })
    expect(simulate({ ...world, config: one }, form).span).toMatchObject({ range: null, isWhole: true })
  })

  it('answers without any server too: it cannot tell, and says what would', () => {
    const bare = { ...world, config: configOf({ acceptedDomains: [acceptedDomain('contoso.com')] }) }
    const { trace } = simulate(bare, parseForm({ from: '203.0.113.7', rcpt: 'contoso.com' }))
    expect(trace?.disposition).toBe('insufficient-info')
    expect((trace ? missingOf(trace) : []).map((m) => m.cmdlet)).toContain('Get-ReceiveConnector')
  })

  it('says where a range differs', () => {
    const { span } = ask({ from: '10.20.4.0/24', to: 'EX01', rcpt: 'example.net' })
    expect(span).toMatchObject({ isWhole: false, more: 0 })
    expect(span?.differs).toEqual([{ range: '10.20.4.9', address: '10.20.4.9', connector: 'EX01\\Scanner' }])
  })

  it('asks all servers where none is named, the one that lets most through first', () => {
    const { trace, elsewhere } = ask({ from: '10.20.8.1', rcpt: 'example.net' })
    expect(trace).toMatchObject({ disposition: 'relayed', question: { to: 'EX01' } })
    expect(elsewhere.map((e) => e.server)).toEqual(['EX02'])
  })

  it('asks at the local address that is named', () => {
    const at = (address: string, name: string) =>
      receiveConnector({ name, bindings: [`${address}:25`], ranges: ['203.0.113.0/24'], role })
    const bound = {
      ...world,
      config: configOf({ receiveConnectors: [at('10.0.0.5', 'Inside'), at('10.0.0.6', 'Outside')] }),
    }
    const form = { to: 'EX01', rcpt: 'example.net' }
    const asked = simulate(bound, parseForm({ ...form, from: '203.0.113.7', local: '10.0.0.6' }))
    expect(asked.choices.locals).toEqual(['10.0.0.5', '10.0.0.6'])
    expect(asked.trace?.hops[0]?.steps[0]).toMatchObject({ decision: 'selected', chosen: 'EX01\\Outside' })
    const { span } = simulate(bound, parseForm({ ...form, from: '203.0.112.0/23', local: '10.0.0.6' }))
    expect(span?.differs.map((d) => d.connector)).toEqual(['EX01\\Outside'])
    expect(choicesOf(config).locals).toEqual([])
  })

  it('knows every answer in a word', () => {
    const way = (disposition: 'relayed' | 'ambiguous' | 'insufficient-info' | 'queued') => ({ disposition, hops: [] })
    expect(answerOf(way('relayed'))).toBe('yes')
    expect(answerOf(way('ambiguous'))).toBe('depends')
    expect(answerOf(way('insufficient-info'))).toBe('cannot-tell')
    expect(answerOf(way('queued'))).toBe('no')
  })

  it('says yes where any recipient is taken, also without the own domains', () => {
    const { acceptedDomains: _, ...rest } = config
    const unknown = {
      ...world,
      config: configOf({ receiveConnectors: rest.receiveConnectors, adPermissions: rest.adPermissions }),
    }
    const taken = simulate(unknown, parseForm({ from: '10.20.8.1', to: 'EX01', rcpt: 'example.net' })).trace
    expect(taken && [taken.disposition, answerOf(taken)]).toEqual(['insufficient-info', 'yes'])
    const step = taken?.hops ?? []
    const open = { disposition: 'insufficient-info' as const, hops: [] }
    expect(answerOf({ disposition: 'insufficient-info', hops: step, branches: [open] })).toBe('cannot-tell')
    const other = simulate(unknown, parseForm({ from: '10.20.4.9', to: 'EX01', rcpt: 'example.net' })).trace
    expect(other && answerOf(other)).toBe('cannot-tell')
  })
})

describe('examples', () => {
  it('are made from the objects of the audit', () => {
    expect(examplesOf(config).map((e) => [e.kind, e.form])).toEqual([
      ['stranger-relay', { from: '203.0.113.7', to: 'EX01', rcpt: 'example.net' }],
      ['stranger-as-us', { from: '203.0.113.7', to: 'EX01', sender: 'contoso.com', rcpt: 'contoso.com' }],
      ['device', { from: '10.20.0.1', to: 'EX01', port: '25', sender: 'contoso.com', rcpt: 'example.net' }],
    ])
  })

  it('are answered without a problem', () => {
    for (const { form } of examplesOf(config)) expect(simulate(world, parseForm(form))).toMatchObject({ problems: [] })
  })

  it('name nothing that is not there', () => expect(examplesOf(configOf({}))).toEqual([]))
})
