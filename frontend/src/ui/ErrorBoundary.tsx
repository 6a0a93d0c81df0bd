import { Component, type ReactNode } from 'react'
import { ProblemMessage } from './Message'

interface Props {
  children: ReactNode
  /** A change of this key, such as another page, clears the error. */
  resetKey: string
}

interface State {
  error: unknown
  resetKey: string
}

/** Keeps an error inside its part of the page. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey }
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return (
      <div className="error-boundary">
        <ProblemMessage error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </div>
    )
  }
}
