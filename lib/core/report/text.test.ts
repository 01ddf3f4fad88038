import { describe, expect, it } from 'vitest'
import { aFinding, anObject, anOutcome, aReport, aSource } from '../testing/report-builder'
import { renderText } from './text'

const hostile = '\x1b[31mRelay\x1b[0m\n<script>\u202eevil\r\x07'

const report = aReport({
  sources: [
    aSource(),
    aSource({ id: 's2', name: 'a\x1b]0;x\x07.txt', status: 'unknown-format', firstLine: '\x1b[2JHello', blocks: [] }),
  ],
  findings: [
    aFinding({
      id: 'some-rule.low',
      severity: 'low',
      objects: [{ kind: 'receiveConnector', id: `EX01\\${hostile}`, server: 'EX01' }],
    }),
    aFinding({
      id: 'some-rule.worst',
      severity: 'critical',
      fix: {
        steps: [{ kind: 'change', powershell: '# only the first\n$c = 1\nSet-ReceiveConnector X -Enabled $false' }],
        effect: 'none',
        minutes: 5,
        runsOn: 'exchange-management-shell',
        placeholders: [],
      },
    }),
    aFinding({ id: 'some-rule.part', absorbedBy: 'some-rule.worst', message: { en: 'absorbed', de: 'absorbed' } }),
  ],
  outcomes: [
    anOutcome('some-rule', 'fail'),
    anOutcome('other-rule', 'not-assessed', [{ cmdlet: 'Get-ADPermission', side: 'on-premises', servers: ['EX04'] }]),
  ],
})

describe('renderText', () => {
  const text = renderText(report, { lang: 'en' })

  it('shows findings worst first with place and fix, and not what is part of another', () => {
    expect(text.indexOf('some-rule.worst')).toBeGreaterThan(0)
    expect(text.indexOf('some-rule.worst')).toBeLessThan(text.indexOf('some-rule.low'))
    expect(text).not.toContain('some-rule.part')
    expect(text).toContain('ex01/receive.txt:14  RemoteIPRanges : {0.0.0.0-255.255.255.255}')
    expect(text).toContain('Fix: Set-ReceiveConnector X -Enabled $false')
    expect(text).toMatch(/^CRITICAL {2}Title$/m)
  })

  it('names what could not be assessed and the cmdlet that would tell', () => {
    expect(text).toContain('Not assessed: 1 of 2 checks')
    expect(text).toContain('Missing: Get-ADPermission EX04')
  })

  it('lets no control character of an upload through', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text.replaceAll('\n', '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/)
    expect(text).toContain('\\e[31mRelay')
  })

  it('reads XML for people', () => {
    const lines: [number, number] = [2, 2]
    const xml = { source: 's1', lines, property: 'Services', text: '    <BA N="SerializationData">AAEAAAD</BA>' }
    const inXml = aReport({
      inventory: { certificates: [anObject('EX03\\AB', { Services: ['IIS'] })] },
      findings: [aFinding({ evidence: [xml, { ...xml, property: 'Unknown' }] })],
    })
    const out = renderText(inXml, { lang: 'en' })
    expect(out).toContain('ex01/receive.txt:2  Services : {IIS}')
    expect(out).toContain('ex01/receive.txt:2  <BA N="SerializationData">AAEAAAD</BA>')
  })

  it('colours only when asked to', () => {
    expect(renderText(report, { lang: 'en', color: true })).toContain('\x1b[1;35mCRITICAL')
  })

  it('speaks German', () => {
    const german = renderText(report, { lang: 'de' })
    expect(german).toMatch(/^KRITISCH {2}Titel$/m)
    expect(german).toContain('Nicht beurteilt: 1 von 2 Prüfungen')
    expect(german).toContain('Stand 21. November 2026')
    expect(german).not.toMatch(/finding|check/)
  })

  it('tells what an older report and accepted risks say', () => {
    const marked = aReport({
      findings: [
        aFinding({ id: 'a', baseline: 'known' }),
        aFinding({ id: 'b', accepted: { reason: 'for the fax', until: '2027-01-31' } }),
      ],
    })
    const out = renderText(marked, { lang: 'en' })
    expect(out).toContain('[known]')
    expect(out).toContain('[accepted until 31 January 2027: for the fax]')
  })
})
