'use client'
import { type ComponentProps, useState, useSyncExternalStore } from 'react'
import { Field } from './field'

type Props = Omit<ComponentProps<typeof Field>, 'type'> & { show: string; hide: string }

const never = () => () => {}
/** Whether scripts run: false while the server renders, so that what needs them is absent without them. */
export const useScripts = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

/** A password that can be made readable while it is typed. */
export function PasswordField({ show, hide, ...field }: Props) {
  const [isShown, setShown] = useState(false)
  const hasScripts = useScripts()
  return (
    <>
      <Field {...field} type={isShown ? 'text' : 'password'} spellCheck={false} autoCapitalize="none" />
      {hasScripts && (
        <button
          type="button"
          aria-pressed={isShown}
          className="tap mt-1 text-table font-semibold text-accent underline"
          onClick={() => setShown(!isShown)}
        >
          {isShown ? hide : show}
        </button>
      )}
    </>
  )
}
