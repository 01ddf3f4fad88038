import type { z } from 'zod'
import type { Outcome } from '@/components/settings/use-outcome'
import type { Actor, Permission } from '@/lib/server/access'
import { action } from '@/lib/server/http'

/** `action` for forms that show what they made; without anything to show they return true. */
export function outcomeOf<S extends z.ZodType, T>(
  schema: S,
  needs: Permission,
  run: (input: z.infer<S>, actor: Actor) => Promise<T>,
) {
  return async (_: Outcome<T> | null, form: FormData): Promise<Outcome<T>> => {
    const made: { done: T | null } = { done: null }
    const refused = await action(schema, needs, async (input, actor) => {
      made.done = await run(input, actor)
    })(form)
    return { refused, done: made.done }
  }
}
