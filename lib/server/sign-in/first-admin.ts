import 'server-only'
import { passwordFault } from '@/lib/password-rules'
import { record } from '../activity'
import { addressOf, originOf } from '../address'
import { AppError } from '../errors'
import { type StartedSession, startSession } from '../sessions'
import { claim } from '../setup'
import { networkOf, throttle } from '../throttle'
import { hashPassword } from './passwords'
import { emailField, nameField } from './person-fields'

export type FirstPerson = { code: string; name: string; email: string; password: string; locale: string | null }

type Fault = { readonly field: string; readonly message: string }

/** What is wrong with the fields of a new account: `missing`, `not-an-email`, or a PasswordFault. */
export async function personFaults(person: { name: string; email: string; password: string }): Promise<Fault[]> {
  const fault = await passwordFault(person.password, person)
  return [
    ...(nameField.safeParse(person.name).success ? [] : [{ field: 'name', message: 'missing' }]),
    ...(emailField.safeParse(person.email).success ? [] : [{ field: 'email', message: 'not-an-email' }]),
    ...(fault ? [{ field: 'password', message: fault }] : []),
  ]
}

/**
 * Claims a new instance: the first account, an admin of everything, and a session for it. Throws `too-many`, `wrong-code`, `bad-request`
 * with the fields, or `not-found` where there are accounts already.
 */
export async function setUpInstance(person: FirstPerson, requested: Headers): Promise<StartedSession> {
  await throttle('setup code', networkOf(addressOf(requested)))
  const faults = await personFaults(person)
  if (faults.length > 0)
    throw new AppError('bad-request', { reason: faults.map((f) => f.field).join(', ') }, {}, faults)
  const { password, ...rest } = person
  const checked = { ...rest, name: nameField.parse(rest.name), email: emailField.parse(rest.email) }
  const user = await claim({ ...checked, passwordHash: await hashPassword(password) })
  const by = { kind: 'user', id: user.id, name: user.name, address: addressOf(requested) } as const
  await record(by, 'set-up')
  return startSession(user.id, 'setup', true, originOf(requested))
}
