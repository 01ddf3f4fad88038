import { describe, expect, it } from 'vitest'
import { aFinding, anObject, anOutcome, aReport, aSource } from '../testing/report-builder'
import { compareReports } from './compare'
import { renderComparisonText } from './text'

const rule = 'relay-on-default-connector'
const [old, young] = [[aSource({ name: 'old.txt' })], [aSource({ name: 'new.txt' })]]
const relay = (properties: Parameters<typeof anObject>[1]) => anObject('EX01\\Relay', properties)
const text = (then: Parameters<typeof aReport>[0], now: Parameters<typeof aReport>[0], noise = false): string =>
  renderComparisonText(compareReports(aReport({ sources: old, ...then }), aReport({ sources: young, ...now })), {
    ...{ lang: 'en', noise },
  })
const found = aFinding({ id: 'f', rule })
const missing = [{ cmdlet: 'Get-ADPermission', side: 'on-premises' as const, servers: [] }]

describe('the printed comparison', () => {
  it('speaks of what could not be seen only where there is such a thing', () => {
    const parts = {
      findings: [found],
      outcomes: [anOutcome(rule, 'fail')],
      inventory: { receiveConnectors: [relay({})] },
    }
    const same = text(parts, parts)
    expect(same).not.toMatch(/finding is missing|seen for the first time|check could be done/)
    expect(same).toContain('0 fixed, 0 new, 0 worse, 0 better, 1 unchanged.')
    const open = { ...parts, findings: [], outcomes: [anOutcome(rule, 'not-assessed', missing)] }
    expect(text(parts, open)).toMatch(/1 finding is missing[\s\S]*1 check could be done with the older exports only/)
    expect(text(open, parts)).toMatch(/1 finding was seen for the first time/)
    expect(text(open, parts)).not.toMatch(/check could be done/)
  })

  it('names the file of what came and of what went', () => {
    const [one, two] = [relay({ Name: 'Relay' }), anObject('EX01\\Fax', { Name: 'Fax' })]
    const then = { inventory: { receiveConnectors: [one] } }
    const now = { inventory: { receiveConnectors: [two] } }
    expect(text(then, now)).toMatch(/EX01\\Relay: gone {2}old\.txt:2/)
    expect(text(then, now)).toMatch(/EX01\\Fax: new {2}new\.txt:2/)
  })

  it('has both sides of a change with their places, the entries that stay, and noise only on demand', () => {
    const then = { inventory: { receiveConnectors: [relay({ RemoteIPRanges: ['a', 'b'], WhenChanged: '1' })] } }
    const now = { inventory: { receiveConnectors: [relay({ RemoteIPRanges: ['a', 'c'], WhenChanged: '2' })] } }
    const shown = text(then, now)
    expect(shown).toMatch(/RemoteIPRanges \(1 entry stays\)\n {6}- b {2}old\.txt:2\n {6}\+ c {2}new\.txt:2/)
    expect(shown).not.toContain('WhenChanged')
    expect(text(then, now, true)).toContain('WhenChanged')
  })
})

describe('a comparison', () => {
  it('takes an account by its id where no user is told, and does not guess at rights that were cut', () => {
    const row = (properties: Parameters<typeof anObject>[1]) => anObject('EX01\\Relay|S-1-5-7', properties)
    const of = (...rows: ReturnType<typeof row>[]) => aReport({ inventory: { adPermissions: rows } })
    const changed = (a: ReturnType<typeof row>, b: ReturnType<typeof row>) => compareReports(of(a), of(b)).objects
    const submit = row({ ExtendedRights: ['Submit'] })
    expect(changed(submit, row({ ExtendedRights: ['Relay'] }))).toMatchObject([
      { id: 'EX01\\Relay', properties: [{ property: 'S-1-5-7', removed: ['Submit'], added: ['Relay'] }] },
    ])
    const cut = row({ AccessRights: ['GenericAll'] })
    cut.properties.AccessRights = { state: 'truncated', source: 's1', lines: [2, 2] }
    expect(changed(submit, cut)).toEqual([])
    // What the extended rights tell is told, whatever became of the others.
    cut.properties.ExtendedRights = { state: 'ok', value: ['Relay'], source: 's1', lines: [3, 3] }
    expect(changed(submit, cut)).toHaveLength(1)
  })

  it('takes two times for one up to fourteen hours apart where one of them has no offset', () => {
    const on = (NotAfter: string) => aReport({ inventory: { receiveConnectors: [relay({ NotAfter })] } })
    const changes = (now: string) => compareReports(on('2027-01-01T00:00:00Z'), on(now)).objects.length
    expect(['2027-01-01T14:00:00', '2027-01-01T14:00:01', '2026-12-31T09:59:59'].map(changes)).toEqual([0, 1, 1])
  })

  it('holds of a finding that moved what its schema asks for, and no more', () => {
    const reported = (severity: 'low' | 'high') =>
      aReport({ findings: [{ ...found, severity }], outcomes: [anOutcome(rule, 'fail')] })
    const [moved] = compareReports(reported('low'), reported('high')).findings.worse
    expect(Object.keys(moved ?? {}).sort()).toEqual(
      ['added', 'before', 'id', 'objects', 'removed', 'rule', 'severity', 'title'].sort(),
    )
  })

  it('pairs an object with one whose side is not told, and with none of another side', () => {
    const on = (side: 'on-premises' | 'exchange-online' | 'unknown') =>
      aReport({ inventory: { acceptedDomains: [anObject('a.example', { DomainType: side }, { side })] } })
    const changes = (a: Parameters<typeof on>[0], b: Parameters<typeof on>[0]) =>
      compareReports(on(a), on(b)).objects.map((o) => [o.change, o.isCertain])
    expect(changes('on-premises', 'unknown')).toEqual([['changed', true]])
    expect(changes('unknown', 'exchange-online')).toEqual([['changed', true]])
    expect(changes('on-premises', 'exchange-online')).toEqual([])
  })
})
