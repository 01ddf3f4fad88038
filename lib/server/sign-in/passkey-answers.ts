import 'server-only'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'

const text = z.string().max(20_000)
const credential = { id: text, rawId: text, type: z.literal('public-key') }

/** What a browser answers when it made a passkey. */
export const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(50)).max(10).default([]),
  }),
})

/** What a browser answers when it used one. */
export const authentication = z.object({
  ...credential,
  response: z.object({ clientDataJSON: text, authenticatorData: text, signature: text }),
})

type Answer = Pick<RegistrationResponseJSON | AuthenticationResponseJSON, 'clientExtensionResults'>

/** The JSON of a form's hidden field; null where it is something else. */
export function readAnswer<S extends z.ZodType<object>>(json: string, schema: S): (z.infer<S> & Answer) | null {
  try {
    const parsed = schema.safeParse(JSON.parse(json))
    return parsed.success ? { ...parsed.data, clientExtensionResults: {} } : null
  } catch {
    return null
  }
}
