'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'

/** JSON from the server, or null where it does not answer. */
async function read(url: string): Promise<unknown> {
  try {
    const answer = await fetch(url, { cache: 'no-store' })
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

type Options = {
  url: string
  isOn: boolean
  every: number
  onAnswer: (body: unknown) => void
}

/** Asks the server again and again, more slowly while it does not answer. Says whether it answers. */
export function usePolling({ url, isOn, every, onAnswer }: Options): boolean {
  const [answers, setAnswers] = useState(true)
  const handler = useRef(onAnswer)
  useEffect(() => {
    handler.current = onAnswer
  })
  useEffect(() => {
    if (!isOn) return
    let timer: ReturnType<typeof setTimeout>
    let failures = 0
    let isOver = false
    const ask = async () => {
      const body = await read(url)
      if (isOver) return
      failures = body === null ? failures + 1 : 0
      setAnswers(failures < 2)
      if (body !== null) handler.current(body)
      timer = setTimeout(ask, Math.min(10_000, every * 2 ** failures))
    }
    timer = setTimeout(ask, every)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [url, isOn, every])
  return answers
}

/**
 * Renders the page anew, but only when the server answers: the router would leave the page otherwise. One at a time: a new request
 * makes the router drop the one before, and on a slow server none would ever arrive.
 */
export function useSafeRefresh(): () => Promise<void> {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const isBusy = useRef(false)
  useEffect(() => {
    if (!isPending) isBusy.current = false
  }, [isPending])
  return async () => {
    if (isBusy.current) return
    isBusy.current = true
    if ((await read('/api/health')) === null) isBusy.current = false
    else start(() => router.refresh())
  }
}
