'use client'
import { type RefObject, useEffect } from 'react'

/** What was kept; nothing where the browser keeps nothing, or something else. */
function read(key: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(sessionStorage.getItem(key) ?? '{}'))
  } catch {
    return {}
  }
}

function write(key: string, values: Readonly<Record<string, string>> | null): void {
  try {
    if (values) sessionStorage.setItem(key, JSON.stringify(values))
    else sessionStorage.removeItem(key)
  } catch {
    // a browser that may not keep anything: a reload then empties the form
  }
}

/**
 * Keeps what is typed into some fields of a form over a reload, in this tab, until it is sent. `names`: the fields, with commas between
 * them; never that of a secret.
 */
export function useKeptFields(form: RefObject<HTMLFormElement | null>, names: string): void {
  useEffect(() => {
    const element = form.current
    if (!element || names === '') return
    const key = `postern ${window.location.pathname}`
    const fields = () =>
      names
        .split(',')
        .map((name) => element.elements.namedItem(name))
        .filter((field) => field instanceof HTMLInputElement)
    const kept = read(key)
    for (const field of fields()) {
      const value = kept[field.name]
      if (typeof value === 'string' && field.value === field.defaultValue) field.value = value
    }
    const keep = () => write(key, Object.fromEntries(fields().map((field) => [field.name, field.value])))
    const forget = () => write(key, null)
    element.addEventListener('input', keep)
    element.addEventListener('submit', forget)
    return () => {
      element.removeEventListener('input', keep)
      element.removeEventListener('submit', forget)
    }
  }, [form, names])
}
