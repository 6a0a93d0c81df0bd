import './page.css'
import type { ReactNode } from 'react'

interface PageProps {
  title: string
  /** Shown beside the title. */
  actions?: ReactNode
  /** A line under the title. */
  lead?: ReactNode
  /** In the browser's tab, after the page's title. */
  context?: string
  width?: 'narrow' | 'normal' | 'full'
  children: ReactNode
}

/** One page: its heading, its document title and the width of its content. */
export function Page({ title, actions, lead, context, width = 'normal', children }: PageProps) {
  return (
    <main id="main" className="page" data-width={width} tabIndex={-1}>
      <title>{[title, context, 'Maskwright'].filter(Boolean).join(' · ')}</title>
      <header className="page__header">
        <div className="page__heading">
          <h1 className="page__title">{title}</h1>
          {lead !== undefined && <p className="page__lead">{lead}</p>}
        </div>
        {actions !== undefined && <div className="page__actions">{actions}</div>}
      </header>
      {children}
    </main>
  )
}

interface SectionProps {
  title: string
  description?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

export function Section({ title, description, actions, children }: SectionProps) {
  return (
    <section className="section">
      <header className="section__header">
        <div>
          <h2 className="section__title">{title}</h2>
          {description !== undefined && <p className="section__description">{description}</p>}
        </div>
        {actions !== undefined && <div className="page__actions">{actions}</div>}
      </header>
      {children}
    </section>
  )
}

export function Card({ children }: { children: ReactNode }) {
  return <div className="card">{children}</div>
}
