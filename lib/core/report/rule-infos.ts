import { ruleCatalogue } from '../rules/catalogue'
import { ruleText } from '../rules/texts'
import type { RuleCatalogue } from './rule-info'

/** Every rule of this version by its id, with what pages need to know of it. */
export const ruleInfos: RuleCatalogue = new Map(
  ruleCatalogue.map(({ id, question }) => [
    id,
    { id, question, title: { en: ruleText(id, 'en').title, de: ruleText(id, 'de').title } },
  ]),
)
