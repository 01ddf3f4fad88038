'use server'
import { cookies } from 'next/headers'
import { themes } from '@/components/shell'
import { isLocale } from '@/lib/i18n/locales'

const kept = { path: '/', maxAge: 365 * 24 * 3600, sameSite: 'lax', httpOnly: true } as const

/** Stores the language that a button of the form names. */
export async function setLocale(form: FormData): Promise<void> {
  const value = form.get('locale')
  if (isLocale(value)) (await cookies()).set('locale', value, kept)
}

/** Stores the colours that a button of the form names. */
export async function setTheme(form: FormData): Promise<void> {
  const value = themes.find((theme) => theme === form.get('theme'))
  if (value) (await cookies()).set('theme', value, kept)
}
