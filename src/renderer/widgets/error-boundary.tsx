// Keeps a failure in one part of the screen to that part.

import { Component, type ReactNode } from 'react';
import { Button } from './button';
import { Failed } from './states';

interface Props {
  /** What it is around: "Curves". */
  readonly name: string;
  /** Another value tries again. */
  readonly resetKey?: unknown;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
  readonly resetKey: unknown;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Failed
        title={`${this.props.name} could not be drawn`}
        message={error.message}
        tip="Your runs are safe in the store. Try again; if it comes back, please report it with the message above."
        actions={
          <Button kind="primary" onClick={() => this.setState({ error: null })}>
            Try again
          </Button>
        }
      />
    );
  }
}
