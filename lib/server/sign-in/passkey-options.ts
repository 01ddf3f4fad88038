import 'server-only'
import { sessionIn } from '../actors'
import { AppError } from '../errors'
import { askedHost } from '../own-origin'
import { beginProof, beginRegistration } from './passkeys'
import { isFresh } from './proof'
import { relyingParty } from './relying-party'

/** The options of a ceremony. Throws AppError where nobody is signed in, the proof is too old, or there are no passkeys to be had. */
export async function passkeyOptions(purpose: 'register' | 'prove', requested: Headers): Promise<object> {
  const session = await sessionIn(requested)
  const party = relyingParty(askedHost(requested))
  if (!session) throw new AppError('not-signed-in')
  if (!party) throw new AppError('passkey')
  if (purpose === 'register') {
    if (!session.isComplete) throw new AppError('not-signed-in')
    if (!isFresh(session)) throw new AppError('prove-again')
    return beginRegistration(session.user, session.id, party)
  }
  const options = await beginProof(session.userId, session.id, party)
  if (!options) throw new AppError('passkey')
  return options
}
