import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { powershellProblems } from '../testing/powershell'
import { fixOf } from './fix'
import { accountOf, ask, command, comment, list, print, run, set, str } from './powershell'

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        "'",
        '\u2018',
        '\u2019',
        '\u201b',
        '"',
        '`',
        '$',
        '(',
        ')',
        ';',
        '\n',
        '\r',
        '\u2028',
        '#',
        '@',
        '{',
        '|',
        'a',
      ),
      { maxLength: 12 },
    )
    .map((a) => a.join('')),
)

/** What PowerShell reads back from a single-quoted literal. */
const unquote = (code: string) =>
  code.slice(1, -1).replace(/(['\u2018\u2019\u201a\u201b])['\u2018\u2019\u201a\u201b]/g, '$1')
const oneLine = (text: string) => text.replace(/\p{Cc}|[\u2028\u2029]/gu, ' ')

describe('quoting', () => {
  it('keeps every text inside its quotes', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const lines = [
          comment(a),
          set('x', str(b)),
          run(command('Get-ReceiveConnector', { Identity: str(a), Bindings: list([a, b]) })),
        ]
        const printed = print(lines)
        expect(powershellProblems(printed)).toEqual([])
        expect(printed.split('\n')).toHaveLength(3)
      }),
    )
  })

  it('loses nothing but line ends and control characters', () => {
    fc.assert(fc.property(hostile, (text) => unquote(str(text).code) === oneLine(text)))
  })

  it('clears a parameter with an empty list', () => expect(list([]).code).toBe('$null'))
})

describe('fixOf', () => {
  const hosts = ask('relay-hosts', { en: 'Hosts', de: 'Hosts' })
  const fix = fixOf({
    backup: [run(command('Get-ReceiveConnector'), command('Export-Clixml', { Path: str('.\\a.xml') }))],
    change: [
      set('account', accountOf('S-1-5-7')),
      run(command('Set-ReceiveConnector', { Identity: str('A'), RemoteIPRanges: hosts })),
    ],
    check: [run(command('Get-ReceiveConnector', { Identity: str('A') }))],
    rollback: [run(command('Set-ReceiveConnector', { Identity: str('A'), RemoteIPRanges: hosts }))],
    effect: 'none',
    minutes: 5,
    runsOn: 'exchange-management-shell',
  })

  it('tries exactly what it changes', () => {
    const [, tried, change] = fix.steps
    expect(tried?.powershell).toBe(change?.powershell.replace('<relay-hosts>', '<relay-hosts> -WhatIf'))
  })

  it('names each placeholder once', () => expect(fix.placeholders.map((p) => p.name)).toEqual(['relay-hosts']))
  it('parses', () => expect(fix.steps.flatMap((s) => powershellProblems(s.powershell))).toEqual([]))
})

describe('powershellProblems', () => {
  it.each([
    "Get-X 'a",
    'Get-X (a',
    'Get-X a)',
    'rm -rf',
    "Get-X 'a'; Invoke-Expression 'b'",
    'Get-X \u201ca\u201d',
    'Invoke-Thing',
  ])('sees %j', (code) => expect(powershellProblems(code)).not.toEqual([]))
})
