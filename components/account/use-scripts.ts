'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Whether scripts run: false while the server renders, so that what needs them is absent without them. */
export const useScripts = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
