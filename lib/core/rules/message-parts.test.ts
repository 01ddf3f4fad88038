import { describe, expect, it } from 'vitest'
import { ruleCatalogue } from './catalogue'
import { messageParts } from './message-parts'
import { languages, ruleText } from './texts'

const flat = (message: string) =>
  messageParts(message, 'en')
    .map((part) => (part.kind === 'text' ? part.value : `<${part.value}>`))
    .join('')

describe('a message without values', () => {
  it.each([
    ['It is enabled.', 'It is enabled.'],
    ['{connector} listens on port {port}.', '<connector> listens on port <port>.'],
    ['{n, plural, one {It} other {These #}} and {end, date, long}', 'These <count> and <end>'],
    ['{type, select, relay {Relay} other {Any}} <b>', 'Any <b>'],
  ])('%s', (message, expected) => {
    expect(flat(message)).toBe(expected)
  })
  it('reads the conditions of every rule', () => {
    for (const rule of ruleCatalogue) {
      for (const language of languages) {
        for (const condition of Object.values(ruleText(rule.id, language).conditions)) {
          expect(
            messageParts(condition, language).some((part) => part.kind === 'text' && part.value.trim() !== ''),
          ).toBe(true)
        }
      }
    }
  })
})
