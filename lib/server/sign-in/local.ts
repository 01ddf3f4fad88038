import 'server-only'
import { settings } from '../env'
import { AppError } from '../errors'
import { instance } from '../instance'

/** Whether people may sign in with a password. */
export async function isLocalOn(): Promise<boolean> {
  return settings().isLocalSignInForced || (await instance()).signIn.local
}

/** Throws AppError('local-off') where passwords are switched off. */
export async function needLocal(): Promise<void> {
  if (!(await isLocalOn())) throw new AppError('local-off')
}
