import { expect, it } from 'vitest'
import { analyse } from '../analyse'
import { loopRows } from '../simulate/fixtures/loops'
import { filesOf } from '../simulate/fixtures/routes-organisation'
import { configFrom } from '../testing'
import { testDay } from '../testing/check'
import { rule as relay } from './cmt-loop-via-m365-relay/rule'
import { rule as selfLoop } from './exo-outbound-mx-self-loop/rule'
import { rule as ruleLoop } from './exo-rule-loop-no-exception/rule'

/** What the rules about the way out of Exchange Online say of the loops that the simulator walks. */
const expected: Readonly<Record<string, string>> = {
  L2: 'exo-outbound-mx-self-loop critical',
  L3: 'exo-outbound-mx-self-loop critical',
  L4: 'cmt-loop-via-m365-relay critical',
  L7: 'exo-rule-loop-no-exception medium',
}

it.each(loopRows.map((row) => [row.name, row] as const))('%s', (name, row) => {
  const context = { config: configFrom(filesOf(row.organisation)), asOf: testDay, answers: row.answers ?? {} }
  const { findings } = analyse(context, () => 'line', [relay, selfLoop, ruleLoop])
  const wanted = expected[name.slice(0, 2)]
  expect(findings.map((f) => `${f.rule} ${f.severity}`)).toEqual(row.is === 'loop' && wanted ? [wanted] : [])
})
