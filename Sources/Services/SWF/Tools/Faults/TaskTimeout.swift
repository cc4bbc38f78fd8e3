import Cloud
import Wire

/// Lets a task time out at once that has just been given out: its worker has it, and is too late whatever it does.
enum TaskTimeout {
  /// - Parameter token: the token that the poll is about to answer.
  static func force(_ token: String, _ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    let token = try TaskToken(token)
    let engine = Engine(in: scope, transaction)
    guard let run = try engine.run(numbered: token.number) else { return }
    switch token.kind {
    case .decision: try run.timeOutStartedDecision()
    case .activity: try run.timeOut(try run.activity(token), ActivityTaskTimeoutType.startToClose)
    }
    try engine.finish()
  }
}
