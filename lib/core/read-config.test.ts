import { describe, expect, it } from 'vitest'
import { runAudit } from './audit'
import { readConfig } from './read-config'

const list = `

Name           : Relay
Identity       : EX01\\Relay
Server         : EX01
Enabled        : True
Bindings       : {0.0.0.0:25}
RemoteIPRanges : {10.0.0.5}


`
const files = [
  { name: 'relay.txt', bytes: new TextEncoder().encode(list) },
  { name: 'notes.txt', bytes: new TextEncoder().encode('nothing of Exchange') },
]

describe('reading without judging', () => {
  it('gives what an audit reads', () => {
    const options = { now: new Date('2026-11-21T12:00:00Z') }
    const read = readConfig(files, options)
    const { config, report } = runAudit(files, options)
    expect(read.config).toEqual(config)
    expect(read.sources).toEqual(report.sources)
    expect([read.asOf, read.asOfSource]).toEqual([options.now, 'now'])
    expect(read.config.receiveConnectors.map((c) => c.id)).toEqual(['EX01\\Relay'])
  })

  it('takes what was said about a file, and the day that was given', () => {
    const asOf = new Date('2026-01-01T00:00:00Z')
    const answers = { 'format:relay.txt': 'ignore' }
    const read = readConfig(files, { now: new Date(), asOf, answers })
    expect(read.config.receiveConnectors).toEqual([])
    expect([read.asOf, read.asOfSource]).toEqual([asOf, 'option'])
  })
})
