import './feedback.css'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: ReactNode
  title: string
  /** Where the empty state is the whole page, its title is the page's. */
  isPage?: boolean
  children?: ReactNode
  /** One button: the next step. */
  action?: ReactNode
}

export function EmptyState({ icon, title, isPage = false, children, action }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'h2'
  return (
    <section className="empty-state">
      <div className="empty-state__icon">{icon}</div>
      <Title className="empty-state__title">{title}</Title>
      {children !== undefined && <p className="empty-state__text">{children}</p>}
      {action}
    </section>
  )
}
