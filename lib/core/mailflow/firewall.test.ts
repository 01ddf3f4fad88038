import { expect, it } from 'vitest'
import { isOpenToStrangers } from './firewall'

it.each([
  [{ firewall: 'open' }, 'yes'],
  [{ firewall: 'restricted' }, 'no'],
  [{ firewall: '' }, 'unknown'],
  [{}, 'unknown'],
])('%j: %s', (answers, expected) => expect(isOpenToStrangers(answers as Record<string, string>)).toBe(expected))
