import { describe, expect, it } from 'vitest'
import { parseRuleText } from './rule-text'
import { formatMessage } from './texts'

const sample = `---
title: Two words
headline: '{connector}' relays
finding: One sentence.
  Another: with a colon.
conditions:
  relay: It relays
    on two lines
  range: It is open
---

## What it checks

Text.

\`\`\`bad answers=mx=gateway
Name : A
\`\`\`

## Why it matters

Why.

\`\`\`powershell
Get-ReceiveConnector
\`\`\`

## How to fix
Fix.
## When to ignore
Never.

\`\`\`good
Name : B
\`\`\`
`

describe('parseRuleText', () => {
  const text = parseRuleText(sample, 'en')

  it('joins continued lines and keeps colons', () => {
    expect(text.finding).toBe('One sentence. Another: with a colon.')
    expect(text.conditions).toEqual({ relay: 'It relays on two lines', range: 'It is open' })
  })

  it('takes the examples out of the prose and leaves other code in', () => {
    expect(text.checks).toBe('Text.')
    expect(text.why).toContain('```powershell')
    expect(text.examples).toEqual([
      { kind: 'bad', options: { answers: 'mx=gateway' }, text: 'Name : A\n' },
      { kind: 'good', options: {}, text: 'Name : B\n' },
    ])
  })

  it.each([
    ['a section', '## When to ignore', '## When'],
    ['a field', 'title: Two words', 'topic: Two words'],
    ['the front matter', '---\ntitle', 'title'],
  ])('refuses a text that lacks %s', (_, from, to) => {
    expect(() => parseRuleText(sample.replace(from, to), 'en')).toThrow()
  })

  it('refuses headings of the other language', () => expect(() => parseRuleText(sample, 'de')).toThrow())
})

describe('formatMessage', () => {
  it('speaks the language of numbers and dates', () => {
    const message = '{n, number} on {day, date, long}'
    const params = { n: 65536, day: Date.UTC(2026, 11, 31, 23, 59) }
    expect(formatMessage(message, 'en', params)).toBe('65,536 on 31 December 2026')
    expect(formatMessage(message, 'de', params)).toBe('65.536 on 31. Dezember 2026')
  })

  it('takes markup and braces in values as text', () => {
    const name = '<script>{x}</script>'
    expect(formatMessage('{name} is <b>here</b>', 'en', { name })).toBe(`${name} is <b>here</b>`)
  })

  it('throws where a parameter is missing', () => {
    expect(() => formatMessage('{absent}', 'en', {})).toThrow()
  })
})
