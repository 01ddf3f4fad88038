import { describe, expect, it } from 'vitest'
import { passphraseWords, suggestPassphrase } from './passphrase'

describe('a suggested passphrase', () => {
  it('has four known words and a number, never twice the same', () => {
    const made = Array.from({ length: 200 }, suggestPassphrase)
    expect(new Set(made).size).toBe(200)
    for (const phrase of made) {
      const parts = phrase.split('-')
      expect(parts.slice(0, 4).every((word) => passphraseWords.has(word))).toBe(true)
      expect(parts.slice(4).join('-')).toMatch(/^[1-9]\d$/)
    }
  })

  it('has more than 34 bits', () => {
    expect(Math.log2(passphraseWords.size ** 4 * 90)).toBeGreaterThan(34)
  })
})
