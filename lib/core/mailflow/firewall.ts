import type { Tri } from '../model'
import type { Answers } from '../rules/define-rule'

/** Can strangers reach port 25 of the servers? No export tells; a person can (`firewall=open`, `firewall=restricted`). */
export function isOpenToStrangers(answers: Answers): Tri {
  if (answers.firewall === 'open') return 'yes'
  return answers.firewall === 'restricted' ? 'no' : 'unknown'
}
