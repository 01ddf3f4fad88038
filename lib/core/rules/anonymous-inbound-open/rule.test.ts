import { describe, expect, it } from 'vitest'
import { analyse } from '../../analyse'
import { brief, testDay } from '../../testing/check'
import { acceptedDomain, block, type ConnectorSpec, configOf, receiveConnector } from '../../testing/objects'
import { rule } from './rule'

const front: ConnectorSpec = { name: 'Default Frontend EX01' }
const config = (...specs: readonly ConnectorSpec[]) => configOf({ receiveConnectors: specs.map(receiveConnector) })
const level = (spec: ConnectorSpec, answers = {}) => brief(rule, config(spec), answers)[0]?.split(': ')[1]

describe(rule.id, () => {
  it('depends on where the MX points', () => {
    expect(level(front)).toBe('info')
    expect(level(front, { mx: 'gateway' })).toBe('medium')
    expect(level(front, { 'mx:contoso.com': 'exchange-online' })).toBe('medium')
    expect(level(front, { mx: 'on-premises' })).toBe('pass')
    expect(level(front, { mx: 'on-premises', 'mx:contoso.com': 'gateway' })).toBe('medium')
  })

  it('passes for an MX here only where that was told of every domain', () => {
    const domains = [
      acceptedDomain('contoso.com'),
      acceptedDomain('fabrikam.com'),
      acceptedDomain('contoso.mail.onmicrosoft.com'),
    ]
    const both = { ...config(front), acceptedDomains: domains }
    const one = { 'mx:contoso.com': 'on-premises' }
    expect(brief(rule, both, one)[0]).toMatch(/info$/)
    expect(brief(rule, both, { ...one, 'mx:fabrikam.com': 'on-premises' })[0]).toMatch(/pass$/)
    expect(level(front, one)).toBe('info')
  })

  it('looks at port 25, every address and anonymous senders', () => {
    expect(level({ ...front, bindings: ['0.0.0.0:2525'] })).toBe('pass')
    expect(level({ ...front, ranges: ['10.0.0.0/8'] })).toBe('pass')
    expect(level({ ...front, groups: ['ExchangeServers'] })).toBe('pass')
    expect(level({ ...front, groups: null })).toBe('Get-ReceiveConnector')
    expect(level({ ...front, groups: ['ExchangeServers', 'Custom'] })).toBe('Get-ADPermission')
    expect(level({ ...front, ranges: ['10.0.0.0/8'], cut: true })).toBe('Get-ReceiveConnector')
  })

  it('is not passed by a few connectors of a server whose others were not listed', () => {
    const relay: ConnectorSpec = { name: 'Relay', ranges: ['10.0.0.1'] }
    const outcome = (listing: 'all' | 'named', answers = {}) => {
      const of = { ...config(relay), exports: [block('receiveConnectors', { listing })] }
      return analyse({ config: of, asOf: testDay, answers }, () => '', [rule]).outcomes[0]
    }
    expect(outcome('all')?.state).toBe('pass')
    expect(outcome('named')).toMatchObject({
      state: 'not-assessed',
      missing: [{ cmdlet: 'Get-ReceiveConnector', side: 'on-premises', servers: ['EX01'] }],
    })
    expect(outcome('named', { mx: 'on-premises' })?.state).toBe('pass')
  })

  it('is one finding for the organisation, without a fix in the shipped state', () => {
    const two = config(front, { name: 'Default Frontend EX02', server: 'EX02' })
    const report = (answers: Record<string, string>) =>
      analyse({ config: two, asOf: testDay, answers }, () => '', [rule]).findings
    expect(report({})).toMatchObject([
      { severity: 'info', fix: null, objects: [{ server: 'EX01' }, { server: 'EX02' }] },
    ])
    expect(report({ mx: 'gateway' })[0]?.fix?.placeholders).toHaveLength(1)
  })
})
