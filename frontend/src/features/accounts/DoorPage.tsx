import './accounts.css'
import type { ReactNode } from 'react'
import { Logo } from '@/ui/Logo'

/** The pages before one is signed in: one narrow column. */
export function DoorPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="door" id="main">
      <title>{`${title} · Maskwright`}</title>
      <div className="door__column">
        <p className="door__brand">
          <Logo /> Maskwright
        </p>
        {children}
      </div>
    </main>
  )
}
