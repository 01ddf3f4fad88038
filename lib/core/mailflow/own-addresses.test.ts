import { describe, expect, it } from 'vitest'
import { block, configOf, receiveConnector } from '../testing/objects'
import { addressesMissing, asRange, ownAddresses, takenBy } from './own-addresses'
import { rangesWithout } from './ranges'

const relay = receiveConnector({ name: 'Relay', ranges: ['10.0.0.0/30', '10.9.9.9'], bindings: ['10.0.0.1:25'] })
const config = configOf({ receiveConnectors: [relay, receiveConnector({ name: 'Default', server: 'EX02' })] })
const answers = { 'local-address:EX02': '10.0.0.2', 'tag:10.9.9.9': 'gateway', 'tag:127.0.0.1': 'gateway' }

describe('own addresses', () => {
  it('come from bindings and from what a person told, loopback left out', () => {
    const found = ownAddresses(config, answers).map((a) => `${a.text} ${a.role} ${a.server}`)
    expect(found).toEqual(['10.0.0.2 exchange EX02', '10.9.9.9 gateway null', '10.0.0.1 exchange EX01'])
  })

  it('are looked up in the ranges of a connector', () => {
    expect(takenBy(relay, ownAddresses(config, answers)).map((a) => a.text)).toEqual([
      '10.0.0.2',
      '10.9.9.9',
      '10.0.0.1',
    ])
    const other = receiveConnector({ name: 'Other', ranges: ['10.0.0.3', '10.9.9.8', '::/0'] })
    expect(takenBy(other, ownAddresses(config, answers))).toEqual([])
  })

  it('are all known where every server was listed, and a person told those of each', () => {
    const missing = (of: typeof config, told: Record<string, string>) =>
      addressesMissing(of, told).map((m) => `${m.cmdlet} ${m.servers.join()}`)
    const listed = { ...config, exports: [...config.exports, block('servers')] }
    const both = { ...answers, 'local-address:ex01.contoso.local': '10.0.0.1' }
    expect(missing(config, answers)).toEqual(['Get-NetworkConnectionInfo EX01', 'Get-ExchangeServer '])
    expect(missing(config, both)).toEqual(['Get-ExchangeServer '])
    expect(missing(listed, answers)).toEqual(['Get-NetworkConnectionInfo EX01'])
    expect(missing(listed, both)).toEqual([])
  })

  it('can be taken out of ranges, and the rest stays as it was spelled', () => {
    const taken = takenBy(relay, ownAddresses(config, answers)).map(asRange)
    expect(rangesWithout(relay, taken)).toEqual(['10.0.0.0', '10.0.0.3'])
    expect(rangesWithout(relay, taken.slice(1))).toEqual(['10.0.0.0', '10.0.0.2-10.0.0.3'])
    expect(rangesWithout(relay, taken.slice(1, 2))).toEqual(['10.0.0.0/30'])
    expect(rangesWithout(receiveConnector({ name: 'Cut', ranges: ['10.0.0.1'], cut: true }), taken)).toBeUndefined()
  })
})
