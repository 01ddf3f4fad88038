import { killRounds } from '../scripts/kill-rounds.mjs'
import { expect, test } from './fixtures'

test.describe('a server that is killed', () => {
  test.skip(Boolean(process.env.E2E_URL), 'needs the built app, which it starts and kills itself')

  test('loses no acknowledged upload and finishes every analysis that was started', async () => {
    test.setTimeout(180_000)
    const result = await killRounds(3)
    expect(result.faults).toEqual([])
    expect(result.uploads).toBeGreaterThan(0)
  })
})
