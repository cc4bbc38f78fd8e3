import Cloud
import Wire

/// What S3 does at its times.
enum S3Timers {
  static let run: TimerHandler = { timer, transaction throws(AWSError) in
    let parts = timer.name.parts.map { part in if case .string(let text) = part { text } else { "" } }
    guard let kind = parts.first, parts.count >= 2 else { return }
    switch kind {
    case LifecycleRun.timer: try LifecycleRun.run(parts[1], in: timer.scope, transaction)
    case RestoreObject.timer where parts.count == 4:
      try RestoreObject.run(RestoreRecord.key(parts[1], parts[2], parts[3]), in: timer.scope, transaction)
    case LogDelivery.timer: try LogDelivery.collect(parts[1], in: timer.scope, transaction)
    default: break
    }
  }
}

/// What S3 does after a commit.
enum S3Works {
  static let run: WorkHandler = { work, context async throws(AWSError) in
    switch work.request.name {
    case EventDelivery.work: try await EventDelivery.run(work, context)
    case Replicating.work: try await Replicating.run(work, context)
    case LogDelivery.work: try await LogDelivery.run(work, context)
    default: .done
    }
  }
}
