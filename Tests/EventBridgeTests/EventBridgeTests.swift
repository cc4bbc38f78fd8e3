import Testing

@testable import EventBridge
