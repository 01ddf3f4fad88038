import { describe, expect, it } from 'vitest'
import { buildConfig } from '../build'
import type { Diagnostic, RawBlock } from '../model'
import { readingOf } from '../reading'
import { type RawValues, rawBlock } from '../testing/raw-block'
import { dateOrder, offsetOf, orderBySpans, orderByTwins } from './dates'

function build(blocks: readonly RawBlock[], answers = {}) {
  const notices: Diagnostic[] = []
  const { config } = buildConfig([{ id: 's1', name: 'a.txt', blocks }], (_, d) => notices.push(d), readingOf(answers))
  return { config, notices }
}
const certificate = (more: RawValues) => rawBlock('certificates', [{ Thumbprint: 'A'.repeat(40), ...more }])
const domain = (more: RawValues) => rawBlock('acceptedDomains', [{ Name: 'x', DomainName: 'contoso.com', ...more }])
const shown = (blocks: readonly RawBlock[], name: string, answers = {}) => {
  const { config } = build(blocks, answers)
  for (const o of [...config.certificates, ...config.acceptedDomains]) {
    const p = o.properties[name]
    if (p !== undefined && p.state !== 'missing') return 'value' in p ? p.value : p.state
  }
  return undefined
}

describe('order of day and month', () => {
  it.each([
    ['a day over twelve', [certificate({ NotBefore: '13/05/2026', NotAfter: '04/05/2027' })], '2027-05-04T00:00:00'],
    ['a month that cannot be', [certificate({ NotBefore: '5/13/2026', NotAfter: '4/5/2027' })], '2027-04-05T00:00:00'],
    [
      'an end that is not before the begin',
      [certificate({ NotBefore: '01/11/2026', NotAfter: '02/05/2026' })],
      '2026-02-05T00:00:00',
    ],
    ['neither', [certificate({ NotBefore: '01/02/2026 1:00:00 PM', NotAfter: '03/04/2027 1:00:00 PM' })], 'none'],
    [
      'a neighbour',
      [certificate({ NotAfter: '04/05/2027' }), domain({ WhenChanged: '25/12/2026 10:00:00' })],
      '2027-05-04T00:00:00',
    ],
    [
      'two sessions in one file',
      [
        domain({ WhenChanged: '25/12/2026' }),
        domain({ WhenChanged: '12/25/2026' }),
        certificate({ NotAfter: '04/05/2027' }),
      ],
      'none',
    ],
  ])('by %s', (_, blocks, expected) => {
    expect(shown(blocks, 'NotAfter') ?? '').toBe(expected === 'none' ? 'ambiguous' : expected)
  })

  it('takes what one output proves for all of its file', () => {
    const twins = domain({ WhenChanged: '04/05/2026 01:00:00', WhenChangedUTC: '04/04/2026 23:00:00' })
    expect(shown([certificate({ NotAfter: '06/07/2027' }), twins], 'NotAfter')).toBe('2027-06-07T00:00:00')
    const usual = certificate({ NotBefore: '05/01/2026 10:00:00', NotAfter: '07/02/2027 10:00:00' })
    const open = rawBlock('certificates', [{ Thumbprint: 'B'.repeat(40), NotAfter: '06/07/2027' }])
    expect(shown([open, usual], 'NotAfter')).toBe('2027-07-06T00:00:00')
  })

  it('finds no order in dates of two sessions', () => {
    expect(dateOrder(['25/12/2026', '12/25/2026'])).toBe('unknown')
    expect(dateOrder(['25/12/2026', '1/2/2026', '26/12/2026'])).toBe('day-first')
  })

  it('excludes an order in which a certificate ends before it begins', () => {
    expect(orderBySpans([['02/11/2026', '03/05/2026']])).toBe('month-first')
    expect(orderBySpans([['01/02/2026', '03/04/2027']])).toBe('unknown')
  })

  it('follows a date and its twin in UTC', () => {
    expect(orderByTwins([['04/05/2026 01:00:00', '04/04/2026 23:00:00']])).toBe('month-first')
    expect(orderByTwins([['04/05/2026 11:00:00', '04/05/2026 09:00:00']])).toBe('unknown')
    expect(
      shown(
        [
          domain({ WhenChanged: '04/05/2026 01:00:00', WhenChangedUTC: '04/04/2026 23:00:00' }),
          certificate({ NotAfter: '06/07/2027' }),
        ],
        'WhenChangedUTC',
      ),
    ).toBe('2026-04-04T23:00:00Z')
  })

  const open = [certificate({ NotBefore: '01/02/2026 10:00:00', NotAfter: '03/07/2027 10:00:00' })]
  it('asks a person where nothing decides, and shows both readings', () => {
    expect(build(open).notices.find((n) => n.property === 'NotAfter')).toMatchObject({
      code: 'date-ambiguous',
      level: 'info',
      object: 'A'.repeat(40),
      params: { value: '03/07/2027 10:00:00', first: '2027-07-03T10:00:00', second: '2027-03-07T10:00:00' },
    })
    expect(shown(open, 'NotAfter', { 'date-order': 'day-first' })).toBe('2027-07-03T10:00:00')
    expect(shown(open, 'NotAfter', { 'date-order': 'day-first', 'date-order:a.txt': 'month-first' })).toBe(
      '2027-03-07T10:00:00',
    )
    expect(shown(open, 'NotAfter', { 'date-order:b.txt': 'day-first' })).toBe('ambiguous')
  })

  it('goes by what the file proves before it goes by what a person said', () =>
    expect(
      shown([certificate({ NotBefore: '5/13/2026', NotAfter: '4/5/2027' })], 'NotAfter', { 'date-order': 'day-first' }),
    ).toBe('2027-04-05T00:00:00'))

  it('takes no text for a date that is none', () => {
    expect(shown([certificate({ NotAfter: 'soon' })], 'NotAfter')).toBe('ambiguous')
    expect(build([certificate({ NotAfter: 'soon' })]).notices).toMatchObject([
      { code: 'unknown-value', property: 'NotAfter' },
      {},
    ])
  })
})

describe('distance from UTC', () => {
  const winter = { WhenChanged: '10.01.2026 13:00:00', WhenChangedUTC: '10.01.2026 12:00:00' }
  const summer = { WhenCreated: '10.07.2025 14:00:00', WhenCreatedUTC: '10.07.2025 12:00:00' }
  it.each([
    ['the twin itself', winter, 'WhenChanged', undefined, '2026-01-10T12:00:00Z'],
    ['the same season', winter, 'NotAfter', '20.02.2027 01:00:00', '2027-02-20T00:00:00Z'],
    ['no proof for the other season', winter, 'NotAfter', '20.06.2027 01:00:00', '2027-06-20T01:00:00'],
    ['both seasons', { ...winter, ...summer }, 'NotAfter', '20.06.2027 02:00:00', '2027-06-20T00:00:00Z'],
    [
      'no proof while clocks are changed',
      { ...winter, ...summer },
      'NotAfter',
      '28.03.2027 02:30:00',
      '2027-03-28T02:30:00',
    ],
    ['nothing', {}, 'NotAfter', '20.06.2027 02:00:00', '2027-06-20T02:00:00'],
  ])('by %s', (_, twins, name, notAfter, expected) =>
    expect(shown([domain(twins), ...(notAfter ? [certificate({ NotAfter: notAfter })] : [])], name)).toBe(expected))

  it('gives every date the offset of its own twin first', () => {
    const moved = { WhenChanged: '01.02.2026 10:00:00', WhenChangedUTC: '01.02.2026 08:00:00' }
    const first = { ...winter, Name: 'a', DomainName: 'a.example.net' }
    const { config } = build([
      rawBlock('acceptedDomains', [first, { ...moved, Name: 'b', DomainName: 'b.example.net' }]),
    ])
    expect(config.acceptedDomains.map((d) => d.properties.WhenChanged)).toMatchObject([
      { value: '2026-01-10T12:00:00Z' },
      { value: '2026-02-01T08:00:00Z' },
    ])
  })

  it('knows clocks of half hours, and none beyond 14', () => {
    expect(offsetOf('10.01.2026 17:30:00', '10.01.2026 12:00:00', 'unknown')).toBe(330)
    expect(offsetOf('11.01.2026 12:00:00', '10.01.2026 12:00:00', 'unknown')).toBeUndefined()
    expect(offsetOf('10.01.2026 12:07:00', '10.01.2026 12:00:00', 'unknown')).toBeUndefined()
  })

  it('keeps sessions of two zones apart', () => {
    const other = { WhenChanged: '11.01.2026 07:00:00', WhenChangedUTC: '11.01.2026 12:00:00' }
    const ending = domain({ ...winter, LeaseExpires: '20.02.2027 01:00:00' })
    expect(shown([ending, domain({ ...other, Name: 'b', DomainName: 'b.example.net' })], 'LeaseExpires')).toBe(
      '2027-02-20T00:00:00Z',
    )
    expect(shown([domain(winter), domain(other), certificate({ NotAfter: '20.02.2027 01:00:00' })], 'NotAfter')).toBe(
      '2027-02-20T01:00:00',
    )
  })
})
