import Cloud
import Console
import FrontDoor
import Identity
import Logging

/// Puts the console into the house: its calls, and what it may ask of the services beyond their APIs.
enum ConsolePages {
  static func console(
    _ configuration: ServerConfiguration, services: [ServiceDefinition], store: Store, clock: CloudClock,
    random: RandomSource, authorizer: Authorizer, ledger: DecisionLedger, logger: Logger
  ) -> Console {
    let calls = InternalCalls(
      services: services, store: store, random: random, authorizer: authorizer, ledger: ledger, logger: logger)
    return Console(calls: calls, store: store, clock: clock, host: configuration.host) { lists, _ in
      lists.map { _ in Console.Pollers(waiting: 0, last: nil) }
    }
  }
}
