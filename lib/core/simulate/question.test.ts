import { expect, it } from 'vitest'
import { parseQuestion } from './question'

const asked = (more: Parameters<typeof parseQuestion>[0]) => parseQuestion({ from: '203.0.113.7', ...more })

it('the null sender is a sender, no recipient', () => {
  expect(asked({ mailFrom: '<>', rcptTo: '' })).toMatchObject({ question: { mailFrom: '', rcptTo: null } })
  expect(asked({ rcptTo: '<>' })).toMatchObject({ problems: [{ field: 'rcptTo', problem: 'mail-address' }] })
})
