import { describe, expect, it } from 'vitest'
import { aBlock, aFinding, anObject, anOutcome, aReport, aSource } from '../testing/report-builder'
import { compareReports } from './compare'
import { renderComparisonCsv } from './csv'
import { comparisonSchema } from './schema'
import { searchComparison } from './search'

const rule = 'relay-on-default-connector'
const on = (server: string) => ({ kind: 'receiveConnector', id: `${server}\\Relay`, server })
const finding = (server: string) =>
  aFinding({
    id: `${rule}.${server}`,
    rule,
    objects: [on(server)],
    title: { en: 'Relays for all', de: 'Leitet weiter' },
  })
const connector = (server: string, RemoteIPRanges: string[], WhenChanged: string) =>
  anObject(`${server}\\Relay`, { RemoteIPRanges, WhenChanged })
const audit = (name: string, findings: ReturnType<typeof finding>[], ranges: string[], changed: string) =>
  aReport({
    findings,
    outcomes: [anOutcome(rule, findings.length > 0 ? 'fail' : 'pass')],
    sources: ['EX01', 'EX02'].map((server, i) =>
      aSource({ id: `s${i + 1}`, name: `${server}-${name}.txt`, blocks: [aBlock({ server, lines: [1, 9] })] }),
    ),
    inventory: {
      receiveConnectors: [connector('EX01', ranges, changed), connector('EX02', ['=HYPERLINK("x")'], changed)],
    },
  })
const comparison = compareReports(
  audit('old', [finding('EX01')], ['10.0.0.1', '10.0.0.2'], '2026-01-01'),
  audit('new', [finding('EX02')], ['10.0.0.2', '10.0.0.9'], '2026-05-05'),
)
const ids = (q: string, noise = false, lang: 'en' | 'de' = 'en') => {
  const { findings, objects } = searchComparison(comparison, { q, noise, lang })
  return [...findings.fixed, ...findings.new, ...objects].map((x) => x.id)
}

describe('words in a comparison', () => {
  it('are all there is where none are asked for', () => {
    expect(ids('  ')).toEqual([`${rule}.EX01`, `${rule}.EX02`, 'EX01\\Relay', 'EX02\\Relay'])
    expect(comparisonSchema.parse(comparison)).toEqual(comparison)
  })

  it('are looked for in titles, objects, properties and values, all of them, in any case', () => {
    expect(ids('ex01')).toEqual([`${rule}.EX01`, 'EX01\\Relay'])
    expect(ids('10.0.0.9')).toEqual(['EX01\\Relay'])
    expect(ids('REMOTEIP')).toEqual(['EX01\\Relay'])
    expect(ids('relays ex02')).toEqual([`${rule}.EX02`])
    expect(ids('leitet', false, 'de')).toEqual([`${rule}.EX01`, `${rule}.EX02`])
    expect(ids('leitet')).toEqual([])
  })

  it('are looked for in what always differs only where that is shown', () => {
    expect(ids('whenchanged')).toEqual([])
    expect(ids('whenchanged', true)).toEqual(['EX01\\Relay', 'EX02\\Relay'])
  })
})

describe('a comparison for spreadsheets', () => {
  const lines = (lang: 'en' | 'de', noise = false) => renderComparisonCsv(comparison, { lang, noise }).split('\r\n')

  it('has a line for each finding and each property', () => {
    expect(lines('en')).toEqual([
      'Change,Severity,Severity before,Finding,Object,Property,Removed,Added,Place before,Place after,Rule,Id',
      `new,high,,Relays for all,EX02\\Relay,,,,,,${rule},${rule}.EX02`,
      `fixed,high,,Relays for all,EX01\\Relay,,,,,,${rule},${rule}.EX01`,
      'changed,,,,EX01\\Relay,RemoteIPRanges,10.0.0.1,10.0.0.9,EX01-old.txt:2,EX01-new.txt:2,,',
      '',
    ])
    expect(lines('en', true).filter((line) => line.includes('WhenChanged'))).toHaveLength(2)
  })

  it('is what Excel reads in German, without formulas', () => {
    const other = compareReports(audit('old', [], ['a'], '1'), audit('new', [], ['=cmd|x', 'a'], '1'))
    const csv = renderComparisonCsv(other, { lang: 'de', noise: false })
    expect(csv).toMatch(/^\ufeffÄnderung;Schweregrad;/)
    expect(csv).toContain("geändert;;;;EX01\\Relay;RemoteIPRanges;;'=cmd|x;")
  })
})
