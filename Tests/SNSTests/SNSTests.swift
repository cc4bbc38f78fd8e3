import Testing

@testable import SNS
