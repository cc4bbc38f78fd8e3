import Cloud
import Dispatch
import Synchronization
import Wire

/// Makes the key pairs that take long (RSA) beside the store's thread: a handler that needs one orders it and waits.
///
/// State: the pairs that are ready, in a `Mutex`.
final class KeyMill: Sendable {
  private let ready = Mutex<[KeySpecification: [KeyPair]]>([:])
  private let store: Store

  init(_ store: Store) { self.store = store }

  /// Goes on with a new pair of `spec`, at once where that is quick; otherwise has one made and waits for it.
  func withPair<Answer>(
    _ spec: KeySpecification, _ transaction: Transaction, _ body: (KeyPair) throws(AWSError) -> Answer
  ) throws(AWSError) -> Step<Answer> {
    guard spec.family == .rsa else { return .answer(try body(try KeyPair.generate(spec))) }
    if let pair = ready.withLock({ $0[spec]?.popLast() }) { return .answer(try body(pair)) }
    if transaction.now.milliseconds - transaction.began.milliseconds >= KeyMill.patience {
      throw AWSError(
        "DependencyTimeoutException", "The key pair could not be made in time.", status: 503, fault: .receiver)
    }
    order(spec)
    return .wait(
      Wait(
        for: [KeyMill.topic(spec)],
        until: Timestamp(milliseconds: transaction.began.milliseconds + KeyMill.patience)))
  }

  /// In milliseconds of the cloud's time.
  private static let patience: Int64 = 60_000

  private static func topic(_ spec: KeySpecification) -> Topic { Topic("kms/pair/\(spec.rawValue)", in: .global) }

  private func order(_ spec: KeySpecification) {
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      guard let pair = try? KeyPair.generate(spec) else { return }
      ready.withLock { $0[spec, default: []].append(pair) }
      Task {
        try? await store.transact { transaction throws(AWSError) in
          transaction.signal(KeyMill.topic(spec), waking: 1)
        }
      }
    }
  }
}
