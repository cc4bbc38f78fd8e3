import Cloud

/// What becomes of the connection behind a poll.
///
/// A client that forks after a poll, as simpleflow and AWS Flow for Ruby do, shares the connection with its child if it is kept,
/// and the two take each other's answers. So answers of polls end the connections of clients whose languages fork. For all others
/// a new connection for each poll would be a third of what a task costs.
enum PollConnections {
  /// How the SDKs of such languages name themselves.
  private static let forking = [
    "boto", "aws-cli", "python", "aws-sdk-ruby", "aws-sdk-php", "aws-sdk-perl", "paws", "ruby", "php", "perl",
  ]

  static func headers(_ request: RequestFacts) -> [(name: String, value: String)] {
    guard let agent = request.header("user-agent")?.lowercased() else { return [] }
    return forking.contains { agent.hasPrefix($0) } ? [("Connection", "close")] : []
  }
}
